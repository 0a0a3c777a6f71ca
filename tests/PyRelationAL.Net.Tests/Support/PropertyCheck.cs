using FsCheck;

namespace PyRelationAL.Tests;

internal static class PropertyCheck
{
    /// <summary>Checks a hundred cases from a fixed seed, so that a suite that passed keeps passing; throws with the shrunk counterexample.</summary>
    public static void Holds(this Property property) => Check.One(Config.QuickThrowOnFailure.WithReplay(20260101UL, 1234567891UL), property);
}
