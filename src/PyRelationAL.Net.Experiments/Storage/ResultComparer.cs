namespace PyRelationAL.Experiments;

/// <summary>Tells whether two experiments gave the same, timings and versions aside.</summary>
public static class ResultComparer
{
    /// <summary>
    /// A result as text that is equal for equal results: JSON without what differs from machine to machine (timings, versions, the machine, stack traces), and
    /// without the classes of the queried items, which the data decide and older results lack.
    /// </summary>
    /// <param name="result">The result.</param>
    /// <returns>One line.</returns>
    public static string Canonical(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        RunError? error = result.Error is null ? null : result.Error with { Details = null };
        return ResultJson.Line(result with { Timings = null, QueriedClasses = null, Version = string.Empty, Commit = null, Machine = null, Error = error });
    }

    /// <summary>The differences between two sets of results, whatever their order.</summary>
    /// <param name="first">Results.</param>
    /// <param name="second">Other results.</param>
    /// <returns>One line for each run that differs or that only one has; empty where they are the same, bit for bit.</returns>
    public static IReadOnlyList<string> Differences(IEnumerable<RunResult> first, IEnumerable<RunResult> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ILookup<RunSpec, string> a = first.ToLookup(run => run.Spec, Canonical);
        ILookup<RunSpec, string> b = second.ToLookup(run => run.Spec, Canonical);
        return
        [
            .. a.Select(run => run.Key).Union(b.Select(run => run.Key))
                .Where(spec => !a[spec].Order(StringComparer.Ordinal).SequenceEqual(b[spec].Order(StringComparer.Ordinal)))
                .Select(spec => (a.Contains(spec), b.Contains(spec)) switch
                {
                    (true, false) => $"{spec}: only in the first",
                    (false, true) => $"{spec}: only in the second",
                    _ => $"{spec}: the results differ",
                }),
        ];
    }
}
