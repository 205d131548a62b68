"""The server plugin: LLaMA-Factory's ``llamafactory-cli api`` with a code interpreter behind it.

How it starts::

    hook          waits for llamafactory.api.app and wraps its run_api
    launch        reads the YAML (settings, address, seam), starts the interpreter, loads the model (models.loading)
    application   puts our routes, limits and errors (web) into LLaMA-Factory's application

The way of a request, chat/ and responses/ alike (completions/ knows no solve: a model continues text as it is)::

    routes        the HTTP of one endpoint; web/ reads the body, and renders errors
    request       checks the body: a SolveRequest, and in containers/ the place of its programs
    demanded      tool_choice and the format of the answer, as both endpoints read them
    solves        holds a place for the solve, and counts what happens in it
    models        the Model's generate, for the loop in math_solver.solving
    rendering     the loop's events as the endpoint shows them

containers/ keeps sessions of the interpreter beyond a request; health says whether the server can solve. Each room
imports only what is below it: web, then settings and solve_request, then demanded, models, containers and names, then
solves, then chat, responses and completions, then application.
"""
