using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using PyRelationAL;
using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Models;

namespace Outsider;

/// <summary>What a package lets its users see, as text: a line for each type and for each public or protected member that it declares.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [typeof(IStrategy).Assembly, typeof(LogisticRegression).Assembly, typeof(DatasetSource).Assembly, typeof(ExperimentPlan).Assembly];

    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().Where(t => !t.FullName!.Contains('<')).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(type.Namespace).Append('.').Append(Describe(type)).Append('\n');
            var members = type.GetMembers(Declared).Select(member => (Key: member is ConstructorInfo ? string.Empty : member.Name, Text: Describe(member)));
            foreach ((_, string? line) in members.OrderBy(m => m.Key, StringComparer.Ordinal).ThenBy(m => m.Text, StringComparer.Ordinal))
            {
                text.Append(line is null ? string.Empty : $"    {line}\n");
            }
        }

        return text.ToString();
    }

    private static string Describe(Type type)
    {
        string kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        if (kind is "enum" or "delegate")
        {
            return $"{Name(type)} ({kind})";
        }

        Type[] parents = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? [parent] : [];
        string[] bases = [.. parents.Concat(type.GetInterfaces().Where(IsTelling).OrderBy(i => i.FullName, StringComparer.Ordinal)).Select(Name)];
        return $"{Name(type)} ({kind})" + (bases.Length > 0 ? " : " + string.Join(", ", bases) : string.Empty);
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo c when IsVisible(c) => $"{Modifiers(c)}new({Parameters(c)})",
        MethodInfo m when IsVisible(m) && IsOwn(m) =>
            $"{Modifiers(m)}{Name(m.ReturnType)}{Mark(Nullability.Create(m.ReturnParameter))} {m.Name}{Generic(m.GetGenericArguments())}({Parameters(m)})",
        PropertyInfo p when p.GetMethod is { } get && IsVisible(get) && IsOwn(p) =>
            $"{Modifiers(get)}{Required(p)}{Name(p.PropertyType)}{Mark(Nullability.Create(p))} {p.Name} {{ get; {Setter(p)}}}",
        FieldInfo { IsPublic: true, IsSpecialName: false } f => $"{(f.IsLiteral ? "const" : "static readonly")} {Name(f.FieldType)} {f.Name}{Constant(f)}",
        _ => null,
    };

    /// <summary>Every record is equatable to itself and every exception serialisable.</summary>
    private static bool IsTelling(Type contract) => contract.IsPublic && contract.Name is not ("IEquatable`1" or "ISerializable");

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>Neither written by the compiler (records, accessors) nor an override, which a user sees on the base.</summary>
    private static bool IsOwn(MethodInfo method) =>
        !method.IsDefined(typeof(CompilerGeneratedAttribute)) && method.GetBaseDefinition() == method
        && method.Name is not ("BeginInvoke" or "EndInvoke") && !method.Name.Contains('<')
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static bool IsOwn(PropertyInfo property) => property.GetMethod!.GetBaseDefinition() == property.GetMethod && property.Name != "EqualityContract";

    private static string Modifiers(MethodBase method) =>
        (method.IsPublic ? string.Empty : "protected ")
        + (method.IsStatic ? "static " : string.Empty)
        + (method is { IsAbstract: true, DeclaringType.IsInterface: false } ? "abstract " : string.Empty)
        + (method is { IsVirtual: true, IsFinal: false, IsAbstract: false } ? "virtual " : string.Empty);

    private static string Required(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : string.Empty;

    private static string Setter(PropertyInfo property) => property.SetMethod is not { IsPublic: true } set
        ? string.Empty
        : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ";

    private static string Constant(FieldInfo field) => field.IsLiteral ? " = " + Value(field.GetRawConstantValue()) : string.Empty;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Describe));

    private static string Describe(ParameterInfo p) =>
        (p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : string.Empty) + Name(p.ParameterType) + Mark(Nullability.Create(p)) + " " + p.Name
        + (p.HasDefaultValue ? " = " + Value(p.DefaultValue) : string.Empty);

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Mark(NullabilityInfo info) =>
        info is { ReadState: NullabilityState.Nullable, Type: { IsValueType: false, IsGenericParameter: false } } ? "?" : string.Empty;

    private static string Generic(Type[] arguments) => arguments.Length == 0 ? string.Empty : $"<{string.Join(", ", arguments.Select(Name))}>";

    private static string Name(Type type) => type switch
    {
        _ when Keywords.TryGetValue(type, out string? keyword) => keyword,
        { IsByRef: true } => "ref " + Name(type.GetElementType()!),
        { IsArray: true } => Name(type.GetElementType()!) + "[]",
        { IsGenericParameter: true } => type.Name,
        _ when Nullable.GetUnderlyingType(type) is { } value => Name(value) + "?",
        _ => (type.IsNested ? Name(type.DeclaringType!) + "." : string.Empty) + type.Name.Split('`')[0] + Generic(type.GetGenericArguments()),
    };
}
