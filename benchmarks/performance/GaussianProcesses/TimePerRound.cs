namespace PyRelationAL.Benchmarks.GaussianProcesses;

internal static class TimePerRound
{
    public static int Run(string[] args) => args.Length;
}
