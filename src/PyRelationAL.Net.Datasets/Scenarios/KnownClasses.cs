using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>How an open-set scenario decides which classes are the task's own. Every choice ascends.</summary>
internal abstract record KnownClasses
{
    /// <summary>Below this a model has nothing to tell apart. Who names classes may still ask for one.</summary>
    private const int FewestDrawn = 2;

    /// <summary>What tells this choice from others with the same rate; empty for the drawn classes.</summary>
    public virtual string Name => string.Empty;

    public abstract int[] Choose(IDataset dataset, double? rate, long seed);

    /// <summary>round((1 − r) · C) of the C classes, drawn uniformly for each seed.</summary>
    public sealed record Drawn : KnownClasses
    {
        public override int[] Choose(IDataset dataset, double? rate, long seed)
        {
            int classes = dataset.Task.ClassCount;
            int count = Apportionment.Rounded((1 - rate!.Value) * classes);
            if (count < FewestDrawn || count >= classes)
            {
                throw new ArgumentException(Invariant(
                    $"An open-set rate of {rate} makes {count} of the {classes} classes of dataset '{dataset.Name}' known; ")
                    + Invariant($"it must leave at least {FewestDrawn} known and one unknown. Use another rate, or name the known classes."));
            }

            int[] drawn = new RandomStream(seed).Child("known classes").Sample(classes, count);
            return [.. drawn.Order()];
        }
    }

    /// <summary>The named classes; a class is named by its name, or else by its number from 0.</summary>
    public sealed record Named(IReadOnlyList<string> Names) : KnownClasses
    {
        public override string Name => $" (known: {string.Join(", ", Names)})";

        public override int[] Choose(IDataset dataset, double? rate, long seed)
        {
            int[] known = [.. Names.Select(name => Find(name, dataset)).Order()];
            for (int i = 1; i < known.Length; i++)
            {
                if (known[i] == known[i - 1])
                {
                    throw new ArgumentException(
                        Invariant($"Class {known[i]} of dataset '{dataset.Name}' is among the known classes twice; name each once."));
                }
            }

            return known.Length < dataset.Task.ClassCount
                ? known
                : throw new ArgumentException(
                    Invariant($"All {known.Length} classes of dataset '{dataset.Name}' are known; an open-set pool needs one that is not."));
        }

        private static int Find(string name, IDataset dataset)
        {
            string[] names =
            [
                .. dataset.Task.ClassNames ?? [], .. Enumerable.Range(0, dataset.Task.ClassCount).Select(c => Invariant($"{c}")),
            ];
            int position = Array.IndexOf(names, name);
            position = position >= 0 ? position : Array.FindIndex(names, other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
            return position >= 0
                ? position % dataset.Task.ClassCount
                : throw new ArgumentException(NearestName.UnknownMessage($"class of dataset '{dataset.Name}' called", name, names));
        }
    }

    /// <summary>The lists of the ALScope benchmark: trial t, here seed t, has the t-th list of its dataset and rate.</summary>
    public sealed record OfALScope : KnownClasses
    {
        public override string Name => " (ALScope's classes)";

        public override int[] Choose(IDataset dataset, double? rate, long seed)
        {
            IReadOnlyList<int[]> lists = ALScopeClasses.Find(dataset.Name, rate!.Value);
            if (seed < 0 || seed >= lists.Count)
            {
                throw new ArgumentException(Invariant(
                    $"ALScope has {lists.Count} lists of known classes of {dataset.Name}, for the seeds 0 to {lists.Count - 1}; the seed is {seed}."));
            }

            int[] known = [.. lists[(int)seed].Order()];
            return known[^1] < dataset.Task.ClassCount
                ? known
                : throw new ArgumentException(Invariant(
                    $"ALScope's {dataset.Name} has a class {known[^1]}; dataset '{dataset.Name}' has classes 0 to {dataset.Task.ClassCount - 1}."));
        }
    }
}
