using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Formats;

/// <summary>The small files that Golden/formats.py writes, and the table in most of them.</summary>
internal static class FormatFile
{
    public static readonly double[][] Table = [[0.1, -2.5, 1], [1e-30, 3, 0], [123456.789, 0, 1], [-7, 2, 0]];

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "Formats", name));

    public static MemoryStream Open(string name) => new(Bytes(name));

    public static double[][] Rows(NumericTable table) =>
        [.. Enumerable.Range(0, table.Rows).Select(i => Enumerable.Range(0, table.Columns).Select(j => table[i, j]).ToArray())];

    /// <summary>Every truncation of a file, and every file with one byte changed: all must give the table or a format error, never another exception.</summary>
    public static void RequireNoSurprise(byte[] bytes, Func<Stream, object> read)
    {
        for (int i = 0; i < bytes.Length; i += Math.Max(1, bytes.Length / 300))
        {
            Require(bytes[..i]);
            byte[] damaged = [.. bytes];
            foreach (byte change in new byte[] { 0x01, 0x80, 0xff })
            {
                damaged[i] = (byte)(bytes[i] ^ change);
                Require(damaged);
            }
        }

        void Require(byte[] damaged)
        {
            try
            {
                read(new MemoryStream(damaged));
            }
            catch (DatasetFormatException)
            {
                // What should happen.
            }
        }
    }
}
