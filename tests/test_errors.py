import pickle

from zhibiao.errors import InputError


def test_input_error_survives_a_process_boundary() -> None:
    error = pickle.loads(pickle.dumps(InputError("the file is empty", where="b.txt")))
    assert (error.reason, error.where, str(error)) == ("the file is empty", "b.txt", "b.txt: the file is empty")
