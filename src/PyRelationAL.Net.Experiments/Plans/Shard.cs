using System.Globalization;
using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>
/// One of n shares of an experiment, for n processes on any number of machines that share no more than the plan. Which runs it has follows from the plan
/// alone (<see cref="PreparedExperiment.Share"/>). Immutable.
/// </summary>
public sealed record Shard
{
    /// <summary>Creates a shard.</summary>
    /// <param name="number">Which share, from 1.</param>
    /// <param name="count">How many shares there are, n.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or the number is not in [1, n].</exception>
    public Shard(int number, int count)
    {
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, Invariant($"The number of shards is {count}; it must be at least 1."));
        }

        if (number < 1 || number > count)
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, Invariant($"The shard is {number} of {count}; it must lie in [1, {count}]."));
        }

        Number = number;
        Count = count;
    }

    /// <summary>Which share, from 1.</summary>
    public int Number { get; }

    /// <summary>How many shares there are.</summary>
    public int Count { get; }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">Such as <c>2/8</c>: the second of eight.</param>
    /// <returns>The shard.</returns>
    /// <exception cref="ArgumentException">The text is no shard.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        return parts.Length == 2 && Whole(parts[0]) is { } number && Whole(parts[1]) is { } count
            ? new Shard(number, count)
            : throw new ArgumentException($"The shard '{text}' is not of the form i/n, such as 2/8.", nameof(text));
    }

    /// <summary>
    /// The share of this task of a cluster's job: of a Slurm array job (<c>SLURM_ARRAY_TASK_ID</c> with <c>_MIN</c>, <c>_MAX</c>, <c>_STEP</c> and
    /// <c>_COUNT</c>), or of an indexed Kubernetes job (<c>JOB_COMPLETION_INDEX</c>, from 0; how many there are is said by <c>JOB_COMPLETIONS</c>, which
    /// the manifest has to set, or by <paramref name="count"/>).
    /// </summary>
    /// <param name="variable">Gives an environment variable, or null where it is not set.</param>
    /// <param name="count">How many shares there are, where it is known otherwise; null for what the environment says.</param>
    /// <returns>The shard.</returns>
    /// <exception cref="ArgumentException">
    /// The variables are missing, contradict each other or <paramref name="count"/>, or the array's indices are not evenly spaced.
    /// </exception>
    public static Shard FromEnvironment(Func<string, string?> variable, int? count = null)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (Value("SLURM_ARRAY_TASK_ID") is { } id)
        {
            int least = Required("SLURM_ARRAY_TASK_MIN"), most = Required("SLURM_ARRAY_TASK_MAX"), step = Value("SLURM_ARRAY_TASK_STEP") ?? 1;
            int tasks = step > 0 ? ((most - least) / step) + 1 : 0;
            if (tasks < 1 || id < least || (id - least) % step != 0 || (Value("SLURM_ARRAY_TASK_COUNT") ?? tasks) != tasks)
            {
                throw new ArgumentException(
                    "The indices of the Slurm array are not evenly spaced; submit a range such as --array=1-8 (it does whatever is missing), "
                    + "or name the shard.");
            }

            return Agreeing(((id - least) / step) + 1, tasks, "The Slurm array");
        }

        return Value("JOB_COMPLETION_INDEX") is { } index
            ? Agreeing(index + 1, Value("JOB_COMPLETIONS") ?? count ?? Required("JOB_COMPLETIONS"), "JOB_COMPLETIONS")
            : throw new ArgumentException(
                "Neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set, so this is no task of an array job; name the shard, such as 2/8.");

        int? Value(string name) => variable(name) is not { Length: > 0 } text ? null : Whole(text)
            ?? throw new ArgumentException($"{name} is '{text}'; it must be a whole number of at least 0.");

        int Required(string name) => Value(name) ?? throw new ArgumentException(
            $"{name} is not set, so how many shards there are is not known; give their number.");

        Shard Agreeing(int number, int found, string where) => count is null || count == found
            ? new Shard(number, found)
            : throw new ArgumentException(Invariant($"{where} has {found} tasks, but {count} shards were asked for."));
    }

    /// <summary>The shard in short.</summary>
    /// <returns>For example <c>2/8</c>.</returns>
    public override string ToString() => Invariant($"{Number}/{Count}");

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
