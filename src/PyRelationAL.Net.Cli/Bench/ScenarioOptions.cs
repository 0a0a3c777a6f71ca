using System.CommandLine;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Datasets;
using static System.FormattableString;

namespace PyRelationAL.Cli.Bench;

/// <summary>The scenario that the user asked for, and the options that ask for it again.</summary>
internal sealed record ScenarioOptions(Scenario Scenario, IReadOnlyList<string> Arguments)
{
    private const string ALScope = "alscope";

    /// <summary>Null where none is asked for.</summary>
    public static ScenarioOptions? Of(ParseResult parsed, BenchOptions options, long seed)
    {
        double? rate = parsed.GetValue(options.OpenSet);
        string[] known = parsed.GetValue(options.KnownClasses) ?? [];
        double? factor = parsed.GetValue(options.Imbalance);
        Scenario? openSet = OpenSet(rate, known);
        Scenario? imbalance = factor is { } f ? Scenario.Imbalanced(f) : null;
        if ((openSet ?? imbalance) is not { } scenario)
        {
            return null;
        }

        string[] arguments =
        [
            .. rate is null ? Array.Empty<string>() : [Invariant($"{options.OpenSet.Name} {rate:R}")],
            .. known.Length == 0 ? Array.Empty<string>() : [$"{options.KnownClasses.Name} {ShellText.Quoted(string.Join(',', known))}"],
            .. factor is null ? Array.Empty<string>() : [Invariant($"{options.Imbalance.Name} {factor:R}")],
        ];
        return new ScenarioOptions((openSet is not null && imbalance is not null ? openSet.And(imbalance) : scenario) with { Seed = seed }, arguments);
    }

    private static Scenario? OpenSet(double? rate, string[] known)
    {
        if (known is [var only] && only.Equals(ALScope, StringComparison.OrdinalIgnoreCase))
        {
            return rate is { } r
                ? Scenario.ALScopeOpenSet(r)
                : throw new ArgumentException($"--known-classes {ALScope} needs the rate: give --open-set RATE too.");
        }

        return known.Length > 0 ? Scenario.OpenSet(known, rate)
            : rate is { } share ? Scenario.OpenSet(share)
            : null;
    }
}
