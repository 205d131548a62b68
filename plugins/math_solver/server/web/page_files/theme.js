// Before the first paint, so that a chosen theme does not flash in the other one.
try {
  const theme = localStorage.getItem("math_solver.theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's colours stay.
}
