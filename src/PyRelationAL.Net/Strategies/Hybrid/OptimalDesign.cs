using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Greedy optimal design: M = M₀ + Σ V Vᵀ over the selected, V = w (S ⊗ h) [KD×K] for each candidate, and what adding or removing one does to tr(M⁻¹F).
/// </summary>
/// <remarks>
/// For each candidate only m = (I ⊗ h)ᵀ M⁻¹ (I ⊗ h) and t = (I ⊗ h)ᵀ M⁻¹FM⁻¹ (I ⊗ h) [K×K] are kept. When M changes by a candidate, M⁻¹ loses U Uᵀ of rank K,
/// and m and t change by products of Uᵀ(I ⊗ h) alone: O(N·K²·(K + D)) for a step, where the textbook's gain needs O(N·K·(KD)²). Memory O(N·K² + (KD)²).
/// </remarks>
internal sealed class OptimalDesign
{
    private readonly FisherInformation _candidates;
    private readonly double _weight;
    private readonly double[] _inverse;
    private readonly double[]? _target;
    private readonly int _outputs;
    private readonly int _width;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;

    // Planes [K(K+1)/2 × N], since m and t are symmetric: a plane is updated with vector code.
    private readonly double[] _own;
    private readonly double[] _aimed;

    /// <param name="candidates">The candidates.</param>
    /// <param name="weight">w.</param>
    /// <param name="precision">M₀ [KD×KD]; overwritten.</param>
    /// <param name="leastPivot">A lower bound of M₀'s eigenvalues.</param>
    /// <param name="target">F [KD×KD]; null where only the variances m are wanted.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public OptimalDesign(
        FisherInformation candidates,
        double weight,
        double[] precision,
        double leastPivot,
        double[]? target,
        int threads,
        CancellationToken cancellationToken)
    {
        _candidates = candidates;
        _weight = weight;
        _target = target;
        _outputs = candidates.OutputCount;
        _width = candidates.Rows.ColumnCount;
        _threads = threads;
        _cancellationToken = cancellationToken;
        _inverse = Cholesky.Invert(precision, Size, leastPivot, threads, cancellationToken);
        _own = new double[PlaneCount * Count];
        WriteForms(_inverse, _own);
        _aimed = target is null ? [] : new double[PlaneCount * Count];
        if (target is not null)
        {
            double[] half = MatrixProduct.Multiply(_inverse, Size, Size, target, Size, threads, cancellationToken);
            WriteForms(MatrixProduct.Multiply(half, Size, Size, _inverse, Size, threads, cancellationToken), _aimed);
        }
    }

    private OptimalDesign(OptimalDesign all, int[] positions)
    {
        _candidates = new FisherInformation(
            all._candidates.Rows.SelectRows(positions),
            all._candidates.Probabilities is { } p
                ? new Predictions.ClassProbabilities(positions.SelectMany(i => p.Row(i).ToArray()).ToArray(), p.ClassCount)
                : null);
        (_weight, _inverse, _target, _outputs, _width) = (all._weight, all._inverse, all._target, all._outputs, all._width);
        (_threads, _cancellationToken) = (all._threads, all._cancellationToken);
        _own = [.. Enumerable.Range(0, PlaneCount).SelectMany(t => positions.Select(i => all._own[(t * all.Count) + i]))];
        _aimed = [.. Enumerable.Range(0, PlaneCount).SelectMany(t => positions.Select(i => all._aimed[(t * all.Count) + i]))];
    }

    private int Count => _candidates.Rows.RowCount;

    private int Size => _outputs * _width;

    private int PlaneCount => _outputs * (_outputs + 1) / 2;

    /// <summary>hᵀM⁻¹h of each candidate, where K = 1.</summary>
    public ReadOnlySpan<double> Variances => _own;

    /// <summary>The same design for some of the candidates, in the given order. The two share M.</summary>
    public OptimalDesign Keep(int[] positions) => new(this, positions);

    /// <summary>Greedily, the candidate that lowers tr(M⁻¹F) most; ties to the lowest index. The last one is not added to M.</summary>
    public int[] Forward(int count, Span<double> gains)
    {
        var selected = new int[count];
        var taken = new bool[Count];
        var changes = new double[Count];
        for (int k = 0; k < count; k++)
        {
            Blocks.ForEach(
                Count,
                _threads,
                _cancellationToken,
                (start, rows) =>
                {
                    for (int i = start; i < start + rows; i++)
                    {
                        changes[i] = taken[i] ? double.NegativeInfinity : Change(i, 1);
                    }
                },
                blockRows: 128);
            int best = TopPositions.LargestLeft(changes, taken);
            if (!gains.IsEmpty)
            {
                gains[k] = changes[best];
            }

            selected[k] = best;
            taken[best] = true;
            if (k < count - 1)
            {
                Update(best, 1);
            }
        }

        return selected;
    }

    /// <summary>By how much tr(M⁻¹F) falls when a candidate is added (sign 1), or rises when it is removed (−1): tr(VᵀM⁻¹FM⁻¹V (I ± VᵀM⁻¹V)⁻¹).</summary>
    public double Change(int candidate, int sign)
    {
        int k = _outputs;
        if (k == 1)
        {
            double scale = _weight * _weight;
            return scale * _aimed[candidate] / Math.Max(1 + (sign * scale * _own[candidate]), LeastPivot(sign));
        }

        var root = new double[k * k];
        WriteRoot(candidate, root);
        double[] inner = Sandwich(_own, candidate, root), change = Sandwich(_aimed, candidate, root);
        AddIdentity(inner, k, sign);
        Cholesky.Factor(inner, k, LeastPivot(sign));
        // tr(T (LLᵀ)⁻¹) is the trace of L⁻¹ T L⁻ᵀ: solve for the rows of T, then for what that leaves in the columns.
        double trace = 0;
        var column = new double[k];
        for (int c = 0; c < k; c++)
        {
            Cholesky.SolveLower(inner, k, change.AsSpan(c * k, k));
        }

        for (int c = 0; c < k; c++)
        {
            for (int r = 0; r < k; r++)
            {
                column[r] = change[(r * k) + c];
            }

            Cholesky.SolveLower(inner, k, column);
            trace += column[c];
        }

        return trace;
    }

    /// <summary>Adds a candidate to M (sign 1), or removes it (−1).</summary>
    public void Update(int candidate, int sign)
    {
        int k = _outputs, size = Size;
        double[] columns = Directions(candidate, sign);
        double[] aims = [];
        if (_target is not null)
        {
            // z = ½ U (UᵀFU) ∓ M⁻¹FU, so that t changes by u zᵀ + z uᵀ.
            double[] spread = DenseProducts.Apply(_target, columns, size, _threads, _cancellationToken);
            aims = DenseProducts.Apply(_inverse, spread, size, _threads, _cancellationToken);
            for (int c = 0; c < k; c++)
            {
                Span<double> aim = aims.AsSpan(c * size, size);
                TensorPrimitives.Multiply<double>(aim, -sign, aim);
                for (int other = 0; other < k; other++)
                {
                    ReadOnlySpan<double> column = columns.AsSpan(other * size, size);
                    TensorPrimitives.MultiplyAdd(column, 0.5 * TensorPrimitives.Dot(column, spread.AsSpan(c * size, size)), aim, aim);
                }
            }
        }

        Blocks.ForEach(
            size,
            _threads,
            _cancellationToken,
            (start, rows) =>
            {
                for (int i = start; i < start + rows; i++)
                {
                    Span<double> row = _inverse.AsSpan(i * size, size);
                    for (int c = 0; c < k; c++)
                    {
                        TensorPrimitives.MultiplyAdd(columns.AsSpan(c * size, size), -sign * columns[(c * size) + i], row, row);
                    }
                }
            },
            blockRows: 64);
        int block = Math.Clamp((1 << 15) / (k * k), 16, 1024);
        Blocks.ForEach(Count, _threads, _cancellationToken, (start, rows) => UpdateForms(columns, aims, sign, start, rows), block);
    }

    private static double LeastPivot(int sign) => sign > 0 ? 1 : 1e-12;

    private static void AddIdentity(Span<double> matrix, int k, int sign)
    {
        TensorPrimitives.Multiply(matrix, sign, matrix);
        for (int c = 0; c < k; c++)
        {
            matrix[(c * k) + c] += 1;
        }
    }

    /// <summary>U [K×KD, by columns] with (M ± VVᵀ)⁻¹ = M⁻¹ ∓ U Uᵀ: M⁻¹V L⁻ᵀ, where L Lᵀ = I ± VᵀM⁻¹V.</summary>
    private double[] Directions(int candidate, int sign)
    {
        int k = _outputs, size = Size;
        var root = new double[k * k];
        WriteRoot(candidate, root);
        var h = new double[_width];
        WideRows.Widen(_candidates.Rows.Row(candidate), h);
        var columns = new double[k * size];
        Blocks.ForEach(
            size,
            _threads,
            _cancellationToken,
            (start, rows) =>
            {
                for (int i = start; i < start + rows; i++)
                {
                    for (int a = 0; a < k; a++)
                    {
                        double product = TensorPrimitives.Dot<double>(_inverse.AsSpan((i * size) + (a * _width), _width), h);
                        for (int c = 0; c < k; c++)
                        {
                            columns[(c * size) + i] += product * root[(a * k) + c];
                        }
                    }
                }
            },
            blockRows: 64);

        double[] inner = Sandwich(_own, candidate, root);
        AddIdentity(inner, k, sign);
        Cholesky.Factor(inner, k, LeastPivot(sign));
        for (int c = 0; c < k; c++)
        {
            Span<double> column = columns.AsSpan(c * size, size);
            for (int before = 0; before < c; before++)
            {
                TensorPrimitives.MultiplyAdd(columns.AsSpan(before * size, size), -inner[(c * k) + before], column, column);
            }

            TensorPrimitives.Divide(column, inner[(c * k) + c], column);
        }

        return columns;
    }

    private void UpdateForms(double[] columns, double[] aims, int sign, int start, int rows)
    {
        int k = _outputs, size = Size;
        ReadOnlySpan<float> block = _candidates.Rows.Values.Slice(start * _width, rows * _width);
        // u and z [K×K×rows] of each candidate: Σ_d h_d U[(a, d), c].
        var u = new double[k * k * rows];
        var z = new double[aims.Length == 0 ? 0 : u.Length];
        for (int a = 0; a < k; a++)
        {
            for (int c = 0; c < k; c++)
            {
                int at = ((a * k) + c) * rows, from = (c * size) + (a * _width);
                WideRows.Products(columns.AsSpan(from, _width), block, u.AsSpan(at, rows));
                if (aims.Length > 0)
                {
                    WideRows.Products(aims.AsSpan(from, _width), block, z.AsSpan(at, rows));
                }
            }
        }

        Span<double> product = new double[rows];
        for (int a = 0, plane = 0; a < k; a++)
        {
            for (int b = a; b < k; b++, plane++)
            {
                Span<double> own = _own.AsSpan((plane * Count) + start, rows);
                for (int c = 0; c < k; c++)
                {
                    int left = ((a * k) + c) * rows, right = ((b * k) + c) * rows;
                    TensorPrimitives.Multiply<double>(u.AsSpan(left, rows), u.AsSpan(right, rows), product);
                    TensorPrimitives.MultiplyAdd(product, -sign, own, own);
                    if (aims.Length > 0)
                    {
                        Span<double> aimed = _aimed.AsSpan((plane * Count) + start, rows);
                        TensorPrimitives.MultiplyAdd<double>(u.AsSpan(left, rows), z.AsSpan(right, rows), aimed, aimed);
                        TensorPrimitives.MultiplyAdd<double>(z.AsSpan(left, rows), u.AsSpan(right, rows), aimed, aimed);
                    }
                }
            }
        }
    }

    /// <summary>(I ⊗ h)ᵀ A (I ⊗ h) of every candidate, for a symmetric A [KD×KD].</summary>
    private void WriteForms(double[] matrix, double[] planes)
    {
        int k = _outputs, size = Size;
        Blocks.ForEach(
            Count,
            _threads,
            _cancellationToken,
            (start, rows) =>
            {
                ReadOnlySpan<float> block = _candidates.Rows.Values.Slice(start * _width, rows * _width);
                Span<double> products = new double[rows];
                for (int a = 0, plane = 0; a < k; a++)
                {
                    for (int b = a; b < k; b++, plane++)
                    {
                        Span<double> forms = planes.AsSpan((plane * Count) + start, rows);
                        for (int d = 0; d < _width; d++)
                        {
                            WideRows.Products(matrix.AsSpan((((a * _width) + d) * size) + (b * _width), _width), block, products);
                            for (int i = 0; i < rows; i++)
                            {
                                forms[i] += block[(i * _width) + d] * products[i];
                            }
                        }
                    }
                }
            },
            blockRows: 256);
    }

    private void WriteRoot(int candidate, Span<double> root)
    {
        _candidates.WriteRoot(candidate, root);
        TensorPrimitives.Multiply(root, _weight, root);
    }

    /// <summary>Sᵀ A S for the A of one candidate.</summary>
    private double[] Sandwich(double[] planes, int candidate, ReadOnlySpan<double> root)
    {
        int k = _outputs;
        var form = new double[k * k];
        for (int a = 0, plane = 0; a < k; a++)
        {
            for (int b = a; b < k; b++, plane++)
            {
                form[(a * k) + b] = form[(b * k) + a] = planes[(plane * Count) + candidate];
            }
        }

        var half = new double[k * k];
        var result = new double[k * k];
        for (int a = 0; a < k; a++)
        {
            for (int b = 0; b < k; b++)
            {
                Span<double> row = half.AsSpan(a * k, k);
                TensorPrimitives.MultiplyAdd(root.Slice(b * k, k), form[(a * k) + b], row, row);
            }
        }

        for (int a = 0; a < k; a++)
        {
            for (int c = 0; c < k; c++)
            {
                Span<double> row = result.AsSpan(c * k, k);
                TensorPrimitives.MultiplyAdd(half.AsSpan(a * k, k), root[(a * k) + c], row, row);
            }
        }

        return result;
    }
}
