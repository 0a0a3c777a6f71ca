using System.Reflection;

namespace PyRelationAL.Experiments;

/// <summary>The version that results and reports name.</summary>
public static class LibraryVersion
{
    /// <summary>The version of the library, with the commit it was built from where that is known.</summary>
    /// <value>For example <c>0.1.0+4f2c…</c>.</value>
    public static string Current { get; } =
        typeof(LibraryVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The git commit that the library was built from.</summary>
    /// <value>Null where it is not known.</value>
    public static string? Commit { get; } = Current.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus ? Current[(plus + 1)..] : null;
}
