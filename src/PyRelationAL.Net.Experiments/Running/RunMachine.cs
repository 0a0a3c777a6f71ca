using System.Runtime.InteropServices;

namespace PyRelationAL.Experiments;

/// <summary>Where a run was made. Immutable.</summary>
/// <param name="Name">The machine's name in its network.</param>
/// <param name="OperatingSystem">The operating system.</param>
/// <param name="Architecture">The processor's architecture.</param>
/// <param name="Processors">The number of processors.</param>
/// <param name="Runtime">The .NET runtime.</param>
public sealed record RunMachine(string Name, string OperatingSystem, string Architecture, int Processors, string Runtime)
{
    /// <summary>This machine.</summary>
    public static RunMachine Current { get; } = new(
        Environment.MachineName,
        RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        RuntimeInformation.FrameworkDescription);
}
