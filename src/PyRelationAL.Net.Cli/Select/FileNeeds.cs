using PyRelationAL.Models;
using PyRelationAL.Strategies;
using Capabilities = PyRelationAL.Models.Capabilities;

namespace PyRelationAL.Cli.Select;

/// <summary>Which files a strategy still needs.</summary>
internal static class FileNeeds
{
    /// <summary>What needs the model itself.</summary>
    public const Capabilities OfLibraryOnly = Capabilities.LinearHead | Capabilities.InputGradients | Capabilities.ParameterGradients
        | Capabilities.ParameterPerturbation | Capabilities.TrainingHooks;

    private const string ConsistentOnes = "samples that are the same model for all rows, not --inconsistent ones";

    /// <summary>Refuses a strategy to which the files do not give what it needs.</summary>
    /// <exception cref="UsageException">Something is missing; the message says what.</exception>
    public static void Verify(StrategyDescription description, IStrategy strategy, InputFiles files, LearningTask task, FileModel model)
    {
        Capabilities needed = strategy.Requirements.Capabilities;
        if ((needed & OfLibraryOnly) is not Capabilities.None and var impossible)
        {
            throw new UsageException(
                $"{description.Name} needs the model itself ({string.Join(", ", impossible.Members())}), which files cannot give; use it from code.");
        }

        Capabilities missing = needed & ~CapabilityExtensions.CapabilitiesOf(model);
        if (missing != Capabilities.None)
        {
            throw new UsageException(
                $"{description.Name} still needs {string.Join(", and ", missing.Members().Select(m => Files(m, task, files)).Distinct())}.");
        }

        if ((files.Samples ?? (files.Mean is null ? files.ValueSamples : null)) is { } samples && samples.Samples < strategy.Requirements.LeastSampleCount)
        {
            throw new UsageException(FormattableString.Invariant(
                $"{description.Name} needs at least {strategy.Requirements.LeastSampleCount} samples; {samples.Name} has {samples.Samples}."));
        }
    }

    /// <summary>Refuses a strategy for the other task.</summary>
    /// <exception cref="UsageException">It is one.</exception>
    public static void VerifyTask(StrategyDescription description, InputFiles files)
    {
        RowFile? stray = !description.Tasks.HasFlag(TaskKinds.Classification) ? files.OfClasses.FirstOrDefault()
            : !description.Tasks.HasFlag(TaskKinds.Regression) ? files.OfValues.FirstOrDefault()
            : null;
        if (stray is not null)
        {
            (string own, string other) = description.Tasks.HasFlag(TaskKinds.Classification)
                ? ("classification", "regression")
                : ("regression", "classification");
            throw new UsageException($"{description.Name} is for {own}, and {stray.Option} for {other}.");
        }
    }

    private static string Files(Capabilities capability, LearningTask task, InputFiles files)
    {
        string samples = task.Kind == TaskKinds.Regression ? "--value-samples" : "--samples";
        return capability switch
        {
            Capabilities.ClassProbabilities => "--probabilities (or --logits, or --samples)",
            Capabilities.PosteriorClassSamples => "--samples",
            Capabilities.ConsistentSamples => files.IsConsistent ? samples : ConsistentOnes,
            Capabilities.GaussianPredictions => "--mean and --std (or --value-samples)",
            Capabilities.JointValueDraws => files.ValueSamples is null ? samples : ConsistentOnes,
            Capabilities.Embeddings => "--embeddings",
            Capabilities.Logits => "--logits",
            Capabilities.GradientEmbeddings when files.Embeddings is null => "--embeddings",
            Capabilities.GradientEmbeddings => "--probabilities (or --logits, or --samples)",
            _ => capability.ToString(),
        };
    }
}
