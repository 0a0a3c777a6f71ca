using MathNet.Numerics.LinearAlgebra;

namespace PyRelationAL.Models.LinearAlgebra;

/// <summary>Eigenvalues and eigenvectors of positive semidefinite matrices.</summary>
internal static class SymmetricEigen
{
    /// <summary>Decomposes a matrix, O(n³).</summary>
    /// <param name="matrix">Read as symmetric.</param>
    /// <returns>Eigenvalues, those below 0 by rounding as 0, and the eigenvectors one after the other [n×n].</returns>
    public static (double[] Values, double[] Vectors) Decompose(PackedMatrix matrix)
    {
        var decomposition = Matrix<double>.Build.Dense(matrix.Size, matrix.Size, matrix.ToFull()).Evd(Symmetricity.Symmetric);
        return ([.. decomposition.EigenValues.Select(v => Math.Max(0, v.Real))], decomposition.EigenVectors.ToColumnMajorArray());
    }
}
