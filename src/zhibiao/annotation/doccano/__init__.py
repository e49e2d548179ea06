"""Talking to a doccano server: one interface, two ways to reach it.

::

    answers         what the server tells, in a form of its own kind
    transport       the interface
    rest            over HTTP, within this process
    client_process  through doccano-client, a child process in an environment of its own
    connect         choose and log in
"""
