namespace PyRelationAL.Experiments;

/// <summary>A result, and where it was found.</summary>
internal readonly record struct StoredRun(string File, int Line, RunResult Result)
{
    public override string ToString() => FormattableString.Invariant($"{File}, line {Line}");
}
