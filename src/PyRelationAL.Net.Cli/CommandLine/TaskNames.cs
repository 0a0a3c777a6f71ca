namespace PyRelationAL.Cli.CommandLine;

/// <summary>Tasks as the tool writes them.</summary>
internal static class TaskNames
{
    private static readonly (TaskKinds Task, string Name)[] All =
    [
        (TaskKinds.Classification, "classification"), (TaskKinds.Regression, "regression"), (TaskKinds.MultiLabel, "multi-label"),
    ];

    public static string[] Of(TaskKinds tasks) => [.. All.Where(pair => tasks.HasFlag(pair.Task)).Select(pair => pair.Name)];
}
