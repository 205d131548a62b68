"""Files of a container: uploaded by its user, read and written by programs, fetched, and nobody else's."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from typing import Any

import openai
import pytest

from math_solver.interpreter import Interpreter, Limits
from math_solver.protocol import render_call
from math_solver.server.settings import Settings

from ..conftest import LOOPBACK, ScriptedModel, Serve, Served
from ..responses.test_responses import OUTPUTS, post, send, using
from ..test_disconnect import eventually
from .test_containers import call_of, tools

READ = render_call("", "import csv; rows = list(csv.reader(open('data.csv'))); open('out.txt', 'w').write('7'); rows")
CSV = b"a,b\n1,2\n"


def made(served: Served) -> str:
    container: str = send(served, "POST", "/v1/containers", {"name": "files"}).json()["id"]
    return container


def sent(served: Served, container: str, name: str = "data.csv", data: bytes = CSV, **fields: Any) -> Any:
    """The answer to an upload by plain HTTP."""

    async def go() -> Any:
        async with served.http() as client:
            return await client.post(f"/v1/containers/{container}/files", files={"file": (name, data)}, **fields)

    return asyncio.run(go())


def listed(served: Served, container: str, query: str = "") -> list[dict[str, Any]]:
    answer = send(served, "GET", f"/v1/containers/{container}/files{query}")
    assert answer.status_code == 200, answer.text
    files: list[dict[str, Any]] = answer.json()["data"]
    return files


def test_the_clients_own_calls_for_files(serve: Serve) -> None:
    served = serve(READ, "Read.")

    async def work(client: openai.AsyncOpenAI) -> None:
        container = await client.containers.create(name="mine")
        files = client.containers.files
        uploaded = await files.create(container.id, file=("data.csv", CSV))
        assert (uploaded.object, uploaded.bytes, uploaded.source) == ("container.file", 8, "user")
        assert (uploaded.container_id, uploaded.path) == (container.id, "data.csv")
        answer = await client.responses.create(model="m", input="?", tools=tools(container.id), include=OUTPUTS)
        call: Any = answer.output[0]
        assert call.outputs[0].logs == "[['a', 'b'], ['1', '2']]"
        found = {file.path: file async for file in files.list(container.id, order="asc", limit=1)}
        assert {path: file.source for path, file in found.items()} == {"data.csv": "user", "out.txt": "assistant"}
        assert (await files.retrieve(uploaded.id, container_id=container.id)).id == uploaded.id
        content = await files.content.retrieve(found["out.txt"].id, container_id=container.id)
        assert content.read() == b"7"
        await files.delete(uploaded.id, container_id=container.id)
        with pytest.raises(openai.NotFoundError):
            await files.retrieve(uploaded.id, container_id=container.id)
        assert [file.path async for file in files.list(container.id)] == ["out.txt"]

    using(served, work)


def test_ids_belong_to_a_name_in_a_container(serve: Serve) -> None:
    served = serve(render_call("", "open('data.csv', 'a').write('3,4')"), "Changed.")
    first, second = made(served), made(served)
    mine, theirs = sent(served, first).json(), sent(served, second).json()
    assert mine["id"] != theirs["id"]
    assert send(served, "GET", f"/v1/containers/{second}/files/{mine['id']}").status_code == 404
    post(served, tools=tools(first))
    (changed,) = listed(served, first)
    assert (changed["id"], changed["bytes"], changed["source"]) == (mine["id"], 11, "assistant")
    assert sent(served, first).json() | {"created_at": 0} == mine | {"created_at": 0}


def test_files_of_another_container_are_not_there_for_programs(serve: Serve) -> None:
    look = render_call(
        "", "import os; os.listdir('.'), [os.path.exists(f'../{n}/data.csv') for n in range(99)].count(True)"
    )
    served = serve(look, "Looked.", look, "Looked.")
    first, second = made(served), made(served)
    sent(served, first)
    assert call_of(post(served, tools=tools(second), include=OUTPUTS))["outputs"][0]["logs"].startswith("([], ")
    assert call_of(post(served, include=OUTPUTS))["outputs"][0]["logs"].startswith("([], ")
    assert listed(served, second) == []


@pytest.mark.parametrize(
    "name",
    ["../../x", "/etc/passwd", "..", ".", "a/b", "x" * 300, "a\x1bb", "\u2028"],
    ids=lambda name: repr(name)[:20],
)
def test_a_name_that_no_file_can_have_is_refused(serve: Serve, name: str) -> None:
    served = serve()
    container = made(served)
    answer = sent(served, container, name)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "file")
    assert listed(served, container) == []


@pytest.mark.parametrize("name", ["数据 1.csv", 'quo"te.csv', "-rf", "a%00b", "x;y=1.csv"])
def test_a_name_comes_back_as_it_is(serve: Serve, name: str) -> None:
    served = serve()
    container = made(served)
    file = sent(served, container, name).json()
    # httpx writes a quotation mark as browsers do, in per cent
    assert file["path"] == name.replace('"', "%22")
    answer = send(served, "GET", f"/v1/containers/{container}/files/{file['id']}/content")
    assert (answer.content, answer.headers["content-type"]) == (CSV, "application/octet-stream")


RAW = b'--x\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n--x--\r\n'


@pytest.mark.parametrize(
    ("body", "kind", "status", "param"),
    [
        # what the SDK sends for a file of /v1/files, which is not here
        (b'{"file_id": "file-1"}', "application/json", 400, "file_id"),
        (b"{}", "application/json", 400, "file"),
        # a form without a file, with another one, or none at all
        (RAW % (b"file_id", b"", b"file-1"), "multipart/form-data; boundary=x", 400, "file"),
        (RAW % (b"file", b"", b"text"), "multipart/form-data; boundary=x", 400, "file"),
        (RAW % (b"other", b'; filename="x"', b""), "multipart/form-data; boundary=x", 400, "file"),
        (RAW % (b"file", b'; filename=""', b""), "multipart/form-data; boundary=x", 400, "file"),
        (b"", "multipart/form-data; boundary=x", 400, "file"),
        (b"garbage", "multipart/form-data", 400, None),
        (b"garbage", "multipart/form-data; boundary=x", 400, None),
        (RAW % (b"file", b'; filename="x"', b"1" * 2_000_000), "multipart/form-data; boundary=x", 413, None),
        # NUL and a new line, which httpx would not send, and half a surrogate pair
        (RAW % (b"file", b'; filename="a\0b"', b""), "multipart/form-data; boundary=x", 400, None),
        (RAW % (b"file", b'; filename="a\xed\xa0\x80b"', b""), "multipart/form-data; boundary=x", 400, None),
        (b"x=1", "application/x-www-form-urlencoded", 415, None),
        (b"text", "text/plain", 415, None),
    ],
)  # fmt: skip
def test_what_is_no_upload_is_refused(serve: Serve, body: bytes, kind: str, status: int, param: str | None) -> None:
    served = serve(settings=Settings(max_body_mb=1.0))
    container = made(served)

    async def go() -> Any:
        async with served.http() as client:
            headers = {"Content-Type": kind}
            return await client.post(f"/v1/containers/{container}/files", content=body, headers=headers)

    answer = asyncio.run(go())
    assert answer.status_code == status, answer.text
    assert param is None or answer.json()["error"]["param"] == param
    assert answer.json()["error"]["message"]
    assert listed(served, container) == []


def test_two_files_at_once_are_refused(serve: Serve) -> None:
    served = serve()
    container = made(served)

    async def go() -> Any:
        async with served.http() as client:
            files = [("file", ("a", b"1")), ("file", ("b", b"2"))]
            return await client.post(f"/v1/containers/{container}/files", files=files)

    assert asyncio.run(go()).status_code == 400
    assert listed(served, container) == []


def test_a_compressed_form_is_refused(serve: Serve) -> None:
    served = serve()
    assert sent(served, made(served), headers={"Content-Encoding": "gzip"}).status_code == 415


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_container_that_is_not_there_has_no_files(serve: Serve, method: str) -> None:
    path = "/v1/containers/cntr_0/files" + ("/cfile_0" if method == "DELETE" else "")
    served = serve()
    answer = sent(served, "cntr_0") if method == "POST" else send(served, method, path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "container_not_found")


@pytest.mark.parametrize("ending", ["", "/content"])
@pytest.mark.parametrize("file_id", ["cfile_0", "data.csv", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%00"])
def test_a_file_that_is_not_there(serve: Serve, file_id: str, ending: str) -> None:
    served = serve()
    container = made(served)
    sent(served, container)
    answer = send(served, "GET", f"/v1/containers/{container}/files/{file_id}{ending}")
    assert answer.status_code == 404


HOSTILE = """
import os
os.symlink('/etc/passwd', 'link'); os.symlink('.', 'loop'); os.link('data.csv', 'hard'); os.mkdir('folder')
open('folder/deep', 'w').close(); open('two\\nlines', 'w').close(); open(b'\\xff', 'w').close()
open('page.html', 'w').write('<script>1</script>'); open('sparse', 'w').truncate(1 << 20)
"""


def test_what_a_program_leaves_in_its_folder(serve: Serve) -> None:
    served = serve(render_call("", HOSTILE), "Done.")
    container = made(served)
    sent(served, container)
    post(served, tools=tools(container))
    files = {file["path"]: file for file in listed(served, container)}
    assert {name: file["bytes"] for name, file in files.items()} == {"page.html": 18, "sparse": 1 << 20}
    page = send(served, "GET", f"/v1/containers/{container}/files/{files['page.html']['id']}/content")
    assert page.content == b"<script>1</script>"
    # no browser runs it
    assert page.headers["content-type"] == "application/octet-stream"
    assert page.headers["content-disposition"].startswith("attachment")
    assert (page.headers["x-content-type-options"], "sandbox" in page.headers["content-security-policy"]) == (
        "nosniff",
        True,
    )


def test_a_folder_in_the_way_of_an_upload(serve: Serve) -> None:
    served = serve(render_call("", "import os; os.mkdir('data.csv')"), "Done.")
    container = made(served)
    post(served, tools=tools(container))
    answer = sent(served, container)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "name_in_use")


def test_a_container_that_is_full_says_so(serve: Serve) -> None:
    served = serve(render_call("", "open('mine', 'wb').write(bytes(12 << 20))"), "Full.")
    container = made(served)
    post(served, tools=tools(container))
    answer = sent(served, container, data=bytes(5 << 20))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "container_full")
    assert "16 MB" in answer.json()["error"]["message"]
    assert [file["path"] for file in listed(served, container)] == ["mine"]
    assert sent(served, container).status_code == 200


def test_files_can_be_read_and_not_changed_while_a_request_uses_them(serve: Serve) -> None:
    served = serve()
    container = made(served)
    file = sent(served, container).json()["id"]
    containers = served.app.state.containers
    path = f"/v1/containers/{container}/files"
    with containers.hold(containers._live[container]):
        assert [entry["id"] for entry in listed(served, container)] == [file]
        assert send(served, "GET", f"{path}/{file}/content").content == CSV
        refused = [sent(served, container), send(served, "DELETE", f"{path}/{file}")]
    assert [(r.status_code, r.json()["error"]["code"]) for r in refused] == [(409, "container_in_use")] * 2
    assert send(served, "DELETE", f"{path}/{file}").status_code == 200


def test_files_go_with_a_session_that_is_killed(serve: Serve, interpreter: Interpreter) -> None:
    served = serve(render_call("", "import os; os.listdir()"), render_call("", "import os; os.listdir()"), "Gone.")
    container = made(served)
    file = sent(served, container).json()["id"]
    (session,) = [name for name in interpreter.sessions if name.startswith(container)]
    child: Any = interpreter._sessions._live[session].child
    os.kill(child.pid(), signal.SIGKILL)
    assert eventually(lambda: child.dead())
    path = f"/v1/containers/{container}/files/{file}"
    for answer in (send(served, "GET", path), send(served, "GET", f"{path}/content"), send(served, "DELETE", path)):
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "file_not_found")
    assert listed(served, container) == []
    again = sent(served, container, "new.csv").json()
    response = post(served, tools=tools(container), include=OUTPUTS).json()
    told, found = [
        item["outputs"][0]["logs"] for item in response["output"] if item["type"] == "code_interpreter_call"
    ]
    assert told.startswith("SessionLost:")
    assert (found, again["source"]) == ("['new.csv']", "user")


def test_a_container_with_files_only_ends_with_its_session(serve: Serve, interpreter: Interpreter) -> None:
    served = serve()
    container = made(served)
    sent(served, container)
    assert any(name.startswith(container) for name in interpreter.sessions)
    assert send(served, "DELETE", f"/v1/containers/{container}").status_code == 200
    assert eventually(lambda: not any(name.startswith(container) for name in interpreter.sessions))
    assert send(served, "GET", f"/v1/containers/{container}/files").status_code == 404


@pytest.fixture
def small() -> Iterator[Interpreter]:
    with Interpreter(Limits(sessions=1)) as running:
        yield running


def test_no_session_is_left_for_an_upload(small: Interpreter) -> None:
    served = Served.of(ScriptedModel(), small, Settings(), LOOPBACK)
    with small.folder("in use", begin=True):
        answer = sent(served, made(served))
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "sessions_in_use")


@pytest.mark.parametrize("field", ["file_ids", "files"])
def test_files_at_creation_are_refused_with_the_way_to_do_it(serve: Serve, field: str) -> None:
    answer = send(serve(), "POST", "/v1/containers", {"name": "x", field: ["file-1"]})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, field)
    assert "/v1/containers/{id}/files" in answer.json()["error"]["message"]


def test_who_uploaded_what_is_known_of_files_that_are_there(serve: Serve) -> None:
    served = serve(render_call("", "import os; os.remove('0'); open('1', 'w').close()"), "Done.")
    container = made(served)
    for name in "012":
        sent(served, container, name)
    post(served, tools=tools(container))
    sent(served, container, "3")
    assert set(served.app.state.containers._live[container].uploads) == {"2", "3"}
    assert {file["path"]: file["source"] for file in listed(served, container)} == {
        "1": "assistant",
        "2": "user",
        "3": "user",
    }


def test_looking_keeps_a_container(serve: Serve) -> None:
    served = serve()
    container = made(served)
    found = served.app.state.containers._live[container]
    found.last_active_at -= 60
    before = found.last_active_at
    listed(served, container)
    assert found.last_active_at > before
