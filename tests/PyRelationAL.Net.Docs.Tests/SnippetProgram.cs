using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PyRelationAL.Tests;

/// <summary>
/// The <c>csharp</c> blocks of one document, read as one program from top to bottom: using directives first, then the statements, then the types, as the
/// language wants them. Errors carry the document's own line numbers.
/// </summary>
internal static class SnippetProgram
{
    private static readonly string[] ImplicitUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles blocks; the diagnostics name document and line.</summary>
    public static (Assembly? Program, IReadOnlyList<string> Errors) Compile(IReadOnlyList<FencedBlock> blocks)
    {
        SyntaxTree globalUsings = Parse(string.Concat(ImplicitUsings.Select(name => $"global using {name};\n")), "implicit usings");
        var compilation = CSharpCompilation.Create(
            "Snippets",
            [globalUsings, Parse(Assemble(blocks), blocks[0].Document)],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        string[] errors =
        [
            .. compilation.Emit(image).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(Describe),
        ];
        return errors.Length > 0
            ? (null, errors)
            : (new AssemblyLoadContext("snippets").LoadFromStream(Rewound(image)), []);
    }

    /// <summary>Runs a program's entry point and gives what it wrote.</summary>
    public static string Run(Assembly program)
    {
        TextWriter console = Console.Out;
        var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            MethodInfo main = program.EntryPoint!;
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()], null);
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString();
    }

    private static string Assemble(IReadOnlyList<FencedBlock> blocks)
    {
        StringBuilder usings = new(), statements = new(), types = new();
        foreach (FencedBlock block in blocks)
        {
            CompilationUnitSyntax unit = Parse(string.Join('\n', block.Lines), block.Document).GetCompilationUnitRoot();
            foreach (SyntaxNode node in unit.Usings.Cast<SyntaxNode>().Concat(unit.Members))
            {
                StringBuilder part = node switch { UsingDirectiveSyntax => usings, GlobalStatementSyntax => statements, _ => types };
                int line = block.FirstLine + unit.SyntaxTree.GetLineSpan(node.FullSpan).StartLinePosition.Line;
                part.Append("\n#line ").Append(line).Append(" \"").Append(block.Document).Append("\"\n").Append(node.ToFullString()).Append('\n');
            }
        }

        return usings.Append(statements).Append(types).ToString();
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, ParseOptions, path, Encoding.UTF8);

    private static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetMappedLineSpan();
        return $"{span.Path}({span.StartLinePosition.Line + 1}): {diagnostic.Id}: {diagnostic.GetMessage()}";
    }

    private static MemoryStream Rewound(MemoryStream stream)
    {
        stream.Position = 0;
        return stream;
    }
}
