using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace PyRelationAL.Cli.CommandLine;

/// <summary>Options whose errors say what is allowed.</summary>
internal static class OptionFactory
{
    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public static Option<T?> Number<T>(string name, string description, T least)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = argument => Parse(argument, name, least),
        };

    /// <summary>Names; the option may be repeated, and each value may hold several names separated by commas.</summary>
    public static Option<string[]> Names(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument =>
            [.. argument.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };

    public static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    private static T? Parse<T>(ArgumentResult argument, string name, T least)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        string text = argument.Tokens[^1].Value;
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value) && value >= least)
        {
            return value;
        }

        string allowed = least == T.MinValue ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" of at least {least}");
        argument.AddError($"{name} is '{text}'; it must be a whole number{allowed}.");
        return null;
    }
}
