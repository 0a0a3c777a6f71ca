using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PyRelationAL.Experiments;

/// <summary>What decides an experiment's results, in a form that another process can compare with its own. Immutable.</summary>
public sealed record ExperimentSettings
{
    /// <summary>Of thousands of seeds, the message names some.</summary>
    private const int MostListed = 12;

    /// <summary>A hash of all runs in order: equal for equal plans.</summary>
    public required string Plan { get; init; }

    /// <summary>The values of each member of <see cref="RunSpec"/> in the plan, as JSON, in the order in which they appear.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; init; }

    /// <summary>The fingerprints of each data set: one, or one for each seed where the data are generated.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Data { get; init; }

    internal static ExperimentSettings Of(IReadOnlyList<PlannedRun> runs)
    {
        string[] specs = [.. runs.Select(run => ResultJson.Text(run.Spec))];
        return new ExperimentSettings
        {
            Plan = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', specs))))[..32],
            Values = ValuesOf(specs),
            Data = runs.GroupBy(run => run.Spec.Dataset)
                .ToDictionary(
                    data => data.Key,
                    IReadOnlyList<string> (data) => [.. data.Select(run => run.DataFingerprint).Distinct()],
                    StringComparer.Ordinal),
        };
    }

    /// <summary>What differs, each as a phrase; empty where the same runs are made on the same data.</summary>
    internal IReadOnlyList<string> DifferencesFrom(ExperimentSettings stored)
    {
        string[] differences =
        [
            .. Values.Keys.Union(stored.Values.Keys)
                .Where(name => !ListOf(stored.Values, name).SequenceEqual(ListOf(Values, name)))
                .Select(name => $"{name} is {Listed(stored.Values, name)} there and {Listed(Values, name)} here"),
        ];
        if (differences.Length > 0)
        {
            return differences;
        }

        string[] changed = [.. Data.Keys.Where(name => !stored.Data.TryGetValue(name, out IReadOnlyList<string>? data) || !data.SequenceEqual(Data[name]))];
        return (changed.Length, Plan == stored.Plan) switch
        {
            ( > 0, _) => [.. changed.Select(name => $"the data of {name} are not the same, although their name is")],
            (_, true) => [],
            _ => ["the combinations of these settings that are run, or their order"],
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> ValuesOf(string[] specs)
    {
        var values = new Dictionary<string, OrderedDictionary<string, bool>>(StringComparer.Ordinal);
        foreach (string spec in specs)
        {
            using JsonDocument document = JsonDocument.Parse(spec);
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                values.TryAdd(member.Name, new OrderedDictionary<string, bool>(StringComparer.Ordinal));
                values[member.Name].TryAdd(member.Value.ToString(), true);
            }
        }

        return values.ToDictionary(pair => pair.Key, IReadOnlyList<string> (pair) => [.. pair.Value.Keys], StringComparer.Ordinal);
    }

    private static IReadOnlyList<string> ListOf(IReadOnlyDictionary<string, IReadOnlyList<string>> values, string name) => values.GetValueOrDefault(name) ?? [];

    private static string Listed(IReadOnlyDictionary<string, IReadOnlyList<string>> values, string name) =>
        !values.TryGetValue(name, out IReadOnlyList<string>? list) ? "not set"
        : list.Count <= MostListed ? string.Join(", ", list)
        : FormattableString.Invariant($"{string.Join(", ", list.Take(MostListed - 1))}, … {list[^1]} ({list.Count})");
}
