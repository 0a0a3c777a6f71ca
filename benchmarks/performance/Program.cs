using BenchmarkDotNet.Running;
using PyRelationAL.Benchmarks;

if (args is ["networks", ..])
{
    return NetworkTimings.Run(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
