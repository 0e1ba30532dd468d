"""A mixed-integer program, and the solver HiGHS: columns, rows, an objective; nothing of a plan.

The solver is imported when something is solved and not before.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

INFINITE = np.inf


@dataclass(frozen=True, eq=False)
class Solved:
    """What was found. ``values`` (columns,) is None when nothing was: ``infeasible`` says whether
    that is proven. ``bound`` is what no solution can better; ``proven`` that the best was found.
    """

    values: np.ndarray | None
    objective: float
    bound: float
    proven: bool
    infeasible: bool
    seconds: float
    duals: np.ndarray | None = None

    @property
    def distance(self) -> float:
        """How far the found one may be from the best, as a share of it."""
        if self.proven:
            return 0.0
        return abs(self.bound - self.objective) / max(abs(self.objective), 1e-9)


class Program:
    """Columns and rows that grow; every row is ``lower <= values . columns <= upper``."""

    def __init__(self):
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.row_lower: list[float] = []
        self.row_upper: list[float] = []
        self._index: list[np.ndarray] = []
        self._value: list[np.ndarray] = []

    @property
    def size(self) -> tuple[int, int]:
        """(rows, columns)"""
        return len(self.row_lower), len(self.lower)

    def columns(
        self, count: int, lower: float = 0.0, upper: float = 1.0, *, whole: bool = False
    ) -> np.ndarray:
        """Add columns; returns their places."""
        start = len(self.lower)
        self.lower += [lower] * count
        self.upper += [upper] * count
        self.whole += [whole] * count
        return np.arange(start, start + count)

    def row(
        self,
        columns: Iterable[int],
        values: Iterable[float] | float = 1.0,
        lower: float = -INFINITE,
        upper: float = INFINITE,
    ) -> int:
        """Add a row; returns its place. Columns with the value zero are left out."""
        index = np.asarray(columns, dtype=np.int64)
        value = np.broadcast_to(np.asarray(values, dtype=float), index.shape)
        kept = value != 0
        self._index.append(index[kept])
        self._value.append(value[kept])
        self.row_lower.append(float(lower))
        self.row_upper.append(float(upper))
        return len(self.row_lower) - 1

    def add_to(self, row: int, column: int, value: float) -> None:
        """Put one more column into a row that stands already."""
        self._index[row] = np.append(self._index[row], column)
        self._value[row] = np.append(self._value[row], float(value))

    def fix(self, columns: np.ndarray, value: float) -> None:
        """Hold columns to one value."""
        for column in np.atleast_1d(columns):
            self.lower[column] = self.upper[column] = value

    def hold(self, columns: np.ndarray, values: np.ndarray) -> None:
        """Hold every column to its own value."""
        for column, value in zip(columns.tolist(), values.tolist(), strict=True):
            self.lower[column] = self.upper[column] = value

    def priced(self, duals: np.ndarray) -> np.ndarray:
        """What every column takes of the rows at so much a unit of each, (columns,)."""
        starts, index, value = self.matrix()
        each = value * np.repeat(duals, np.diff(starts))
        return np.bincount(index, weights=each, minlength=len(self.lower))

    def copy(self) -> "Program":
        """Another with the same columns and rows, to add to."""
        twin = Program()
        for name, held in vars(self).items():
            setattr(twin, name, list(held))
        return twin

    def matrix(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The rows one after another: where each starts, the columns in it, their values."""
        starts = np.concatenate([[0], np.cumsum([len(row) for row in self._index])])
        whole = [*self._index, np.empty(0, dtype=np.int64)], [*self._value, np.empty(0)]
        return starts.astype(np.int32), np.concatenate(whole[0]), np.concatenate(whole[1])

    def values(self, solution: np.ndarray) -> np.ndarray:
        """What every row comes to, (rows,)."""
        starts, index, value = self.matrix()
        found = np.zeros(len(self.row_lower))
        np.add.at(found, np.repeat(np.arange(len(found)), np.diff(starts)), value * solution[index])
        return found


def solve(
    program: Program,
    objective: np.ndarray,
    *,
    most: bool = False,
    seconds: float = 10.0,
    distance: float = 0.0,
    start: np.ndarray | None = None,
    relaxed: bool = False,
) -> Solved:
    """The least (or ``most``) of ``objective . columns``, (columns,).

    ``seconds`` bounds the time, and the best found by then is the answer; a solution within the
    relative ``distance`` of the bound is taken for the best. ``start`` is a solution to begin
    with. ``relaxed`` lets whole columns take any value between, and gives the rows' duals.
    """
    if not program.lower:
        return _nothing(program)
    import highspy

    began = time.perf_counter()
    solver = _silent(highspy)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", max(float(seconds), 0.01))
    solver.setOptionValue("mip_rel_gap", distance)
    solver.setOptionValue("mip_abs_gap", 1e-9)
    solver.passModel(_model(program, objective, most, relaxed))
    if start is not None and not relaxed:
        given = highspy.HighsSolution()
        given.col_value = start.tolist()
        solver.setSolution(given)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    solution = solver.getSolution()
    bound = info.objective_function_value if relaxed else info.mip_dual_bound
    return Solved(
        values=np.array(solution.col_value) if found else None,
        objective=info.objective_function_value if found else np.nan,
        bound=bound,
        proven=status == highspy.HighsModelStatus.kOptimal,
        infeasible=status == highspy.HighsModelStatus.kInfeasible,
        seconds=time.perf_counter() - began,
        duals=np.array(solution.row_dual) if relaxed and found else None,
    )


def _nothing(program: Program) -> Solved:
    """Of no columns there is one choice, and it keeps to the rows or not."""
    keeps = max(program.row_lower, default=0.0) <= 0 <= min(program.row_upper, default=0.0)
    values = np.zeros(0) if keeps else None
    return Solved(values, 0.0, 0.0, keeps, not keeps, 0.0)


def _silent(highspy):
    """A solver that says nothing: its own constructor writes a line before it can be told not to,
    and the command line's answer must be nothing but the answer."""
    solver = highspy.Highs.__new__(highspy.Highs)
    super(highspy.Highs, solver).__init__()
    solver.setOptionValue("output_flag", False)
    return solver


def _model(program: Program, objective: np.ndarray, most: bool, relaxed: bool):
    import highspy

    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = program.size
    model.col_cost_ = np.asarray(objective, dtype=float)
    model.col_lower_, model.col_upper_ = np.array(program.lower), np.array(program.upper)
    model.row_lower_, model.row_upper_ = np.array(program.row_lower), np.array(program.row_upper)
    starts, index, value = program.matrix()
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = index.astype(np.int32)
    model.a_matrix_.value_ = value
    model.sense_ = highspy.ObjSense.kMaximize if most else highspy.ObjSense.kMinimize
    if not relaxed:
        kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
        model.integrality_ = [kinds[whole] for whole in program.whole]
    return model
