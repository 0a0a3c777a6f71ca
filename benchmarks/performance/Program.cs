using BenchmarkDotNet.Running;
using PyRelationAL.Benchmarks;
using PyRelationAL.Benchmarks.GaussianProcesses;
using PyRelationAL.Benchmarks.Selection;

switch (args.FirstOrDefault())
{
    case "networks":
        return NetworkTimings.Run(args[1..]);
    case "peers":
        return PeerComparison.Run(args[1..]);
    case "selection":
        return SelectionCases.Run(args[1..]);
    case "rounds":
        return TimePerRound.Run(args[1..]);
    case "runner":
        return RunnerTimings.Run(args[1..]);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
