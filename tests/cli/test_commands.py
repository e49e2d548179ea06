import pytest
from typer.testing import CliRunner

from zhibiao.cli import make_app


def every_command() -> list[str]:
    """List the commands as a user types them, those of groups too."""
    app = make_app()
    single = [command.name for command in app.registered_commands]
    grouped = [
        f"{group.name} {command.name or command.callback.__name__}"
        for group in app.registered_groups
        for command in group.typer_instance.registered_commands
    ]
    return [*single, *grouped]


@pytest.mark.parametrize("command", every_command())
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner().invoke(make_app(), [*command.split(), "--help"])
    assert result.exit_code == 0
    assert f"Example: zhibiao {command} " in result.stdout.replace("\n", " ") + " "
