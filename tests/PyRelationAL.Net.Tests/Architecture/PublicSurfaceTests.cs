using System.Reflection;

namespace PyRelationAL.Tests;

/// <summary>Conventions of the public surface of the core.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly Assembly Core = typeof(IStrategy).Assembly;
    private static readonly Type[] Types = Core.GetExportedTypes();
    private static readonly string Folder = Path.Combine(DependencyTests.FindRoot(), "src", "PyRelationAL.Net");

    // What users of the library need by these names, and would have to write in full if a namespace took them.
    private static readonly string[] Reserved = ["Random", "Data", "Pipeline", "TorchSharp", "Tensor", "Matrix", "Vector", "Math", "Console"];

    [Test]
    public void Every_public_type_has_a_file_of_its_name()
    {
        HashSet<string> files = [.. Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories).Select(f => Path.GetFileNameWithoutExtension(f))];
        foreach (Type type in Types.Where(t => !t.IsNested))
        {
            string name = type.Name.Split('`')[0];
            string generic = name + "{" + string.Join(",", type.GetGenericArguments().Select(a => a.Name)) + "}";
            Assert.That(files.Contains(name) || files.Contains(generic), $"{type.Name} has no file");
        }
    }

    [Test]
    public void Namespaces_follow_the_folders()
    {
        foreach (string file in Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")))
        {
            string[] parts = Path.GetRelativePath(Folder, file).Split(Path.DirectorySeparatorChar);

            // Folders below the first sort the files of a family, which share its namespace.
            string expected = parts.Length == 1 ? "PyRelationAL" : "PyRelationAL." + parts[0];
            Assert.That(File.ReadAllLines(file), Does.Contain($"namespace {expected};"), Path.GetFileName(file));
        }
    }

    [Test]
    public void No_namespace_takes_the_name_of_a_type()
    {
        string[] segments = [.. Types.SelectMany(t => t.Namespace!.Split('.')).Distinct()];
        Assert.That(segments, Has.None.Matches<string>(s => Reserved.Contains(s)));
        Assert.That(segments.Intersect(Types.Select(t => t.Name)), Is.Empty);
        Assert.That(Types.Select(t => t.Namespace), Is.All.StartsWith("PyRelationAL"));
    }

    [Test]
    public void No_two_public_types_share_a_name() => Assert.That(Types.Where(t => !t.IsNested).Select(t => t.Name), Is.Unique);

    [Test]
    public void Nothing_public_can_be_changed_by_assignment() => Assert.That(
        Types.SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(f => f is { IsInitOnly: false, IsLiteral: false, IsSpecialName: false }),
        Is.Empty);

    [Test]
    public void Implementations_are_sealed_unless_they_are_meant_as_a_base()
    {
        Type[] bases = [typeof(Strategies.CompositeStrategy)];
        Assert.That(Types.Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false }), Is.EquivalentTo(bases));
    }

    [Test]
    public void Names_say_what_a_type_is()
    {
        Assert.That(Types.Where(t => typeof(IStrategy).IsAssignableFrom(t)).Select(t => t.Name), Is.All.EndsWith("Strategy"));
        Assert.That(Types.Where(t => typeof(IOracle).IsAssignableFrom(t)).Select(t => t.Name), Is.All.EndsWith("Oracle"));
        Assert.That(
            Types.Where(t => typeof(Exception).IsAssignableFrom(t)),
            Is.All.Matches<Type>(t => t.Name.EndsWith("Exception") && typeof(PyRelationALException).IsAssignableFrom(t)));
        Assert.That(Types.Where(t => t.IsInterface).Select(t => t.Name), Is.All.StartsWith("I"));
    }

    [Test]
    public void The_core_refers_to_nothing_but_the_base_class_library() =>
        Assert.That(Core.GetReferencedAssemblies().Select(a => a.Name), Is.All.StartsWith("System"));

    [Test]
    public void No_file_has_grown_beyond_four_hundred_lines() => Assert.That(
        Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories).Where(f => File.ReadLines(f).Count() > 400)
            .Select(f => Path.GetFileName(f)), Is.Empty);
}
