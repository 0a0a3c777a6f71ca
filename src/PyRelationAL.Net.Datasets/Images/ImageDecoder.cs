namespace PyRelationAL.Datasets;

/// <summary>Decodes an image file, such as a JPEG, with whatever library the caller has: this package has none.</summary>
/// <param name="encoded">The file's content.</param>
/// <returns>H·W·3 bytes: row after row, of each pixel red, green and blue. A grey image has three equal channels.</returns>
public delegate byte[] ImageDecoder(byte[] encoded);
