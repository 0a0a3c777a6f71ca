using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using PyRelationAL.Experiments;

namespace PyRelationAL.Cli.CommandLine;

/// <summary>Options whose errors say what is allowed.</summary>
internal static class OptionFactory
{
    /// <summary>The built-in models, for a description.</summary>
    public static string Models { get; } = $"{string.Join(", ", ModelCatalogue.All.SkipLast(1).Select(model => model.Name))} or {ModelCatalogue.All[^1].Name}";

    /// <summary>A whole number of at least <paramref name="least"/>, and at most <paramref name="most"/> where it is given.</summary>
    public static Option<T?> Number<T>(string name, string description, T least, T? most = null)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = argument => Parse(argument, name, least, most),
        };

    /// <summary>A number; whoever takes it says which are allowed.</summary>
    public static Option<double?> Share(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument =>
        {
            string text = argument.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            {
                return value;
            }

            argument.AddError($"{name} is '{text}'; it must be a number, such as 0.4.");
            return null;
        },
    };

    /// <summary>Names; the option may be repeated, and each value may hold several names separated by commas.</summary>
    public static Option<string[]> Names(string name, string description, string helpName) => Filled(new Option<string[]>(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument => [.. argument.Tokens.SelectMany(token => NamesIn(token.Value))],
    });

    public static Option<string?> Text(string name, string description, string helpName) =>
        Filled(new Option<string?>(name) { Description = description, HelpName = helpName });

    /// <summary>Refuses an empty value, such as an unset variable of a shell gives: it would pass for the default.</summary>
    private static Option<T> Filled<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => NamesIn(token.Value).Length == 0))
            {
                result.AddError($"{option.Name} is empty; give it a {option.HelpName}, or leave it out.");
            }
        });
        return option;
    }

    private static string[] NamesIn(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static T? Parse<T>(ArgumentResult argument, string name, T least, T? most)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        string text = argument.Tokens[^1].Value;
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value) && value >= least && value <= (most ?? value))
        {
            return value;
        }

        string allowed = least == T.MinValue ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" of at least {least}");
        allowed += most is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" and at most {most}");
        argument.AddError($"{name} is '{text}'; it must be a whole number{allowed}.");
        return null;
    }
}
