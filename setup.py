"""Put the import hook of the server plugin at the root of site-packages; all else is in pyproject.toml.

``math_solver_hook.pth`` is read at interpreter start up to Python 3.17, ``math_solver_hook.start`` from 3.15 on
(PEP 829). setuptools has no declarative way to place a file there for both ``pip install .`` and
``pip install -e .``, so a build step of our own copies them.
"""

from pathlib import Path

from setuptools import Command, setup
from setuptools.command.build import build

HOOK_FILES = ("plugins/math_solver_hook.pth", "plugins/math_solver_hook.start")


class BuildHook(Command):
    """Copy the hook files to the root of the wheel, regular or editable."""

    editable_mode = False

    def initialize_options(self) -> None:
        self.build_lib: str | None = None

    def finalize_options(self) -> None:
        self.set_undefined_options("build", ("build_lib", "build_lib"))

    def run(self) -> None:
        # An editable wheel leaves build_lib out; what install_lib names is its root.
        root = self.get_finalized_command("install").install_lib if self.editable_mode else self.build_lib
        for source in HOOK_FILES:
            self.mkpath(str(root))
            self.copy_file(source, str(Path(str(root)) / Path(source).name))

    def get_source_files(self) -> list[str]:
        return list(HOOK_FILES)

    def get_outputs(self) -> list[str]:
        return [] if self.editable_mode else [str(Path(str(self.build_lib)) / Path(f).name) for f in HOOK_FILES]

    def get_output_mapping(self) -> dict[str, str]:
        return {}


class BuildWithHook(build):
    sub_commands = [*build.sub_commands, ("build_hook", None)]


setup(cmdclass={"build": BuildWithHook, "build_hook": BuildHook})
