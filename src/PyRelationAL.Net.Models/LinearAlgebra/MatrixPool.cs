namespace PyRelationAL.Models.LinearAlgebra;

/// <summary>Matrices of one size that are used again and again, so that an evaluation of the likelihood allocates none. Not safe for concurrent use.</summary>
internal sealed class MatrixPool(int size)
{
    private readonly List<PackedMatrix> _matrices = [];
    private int _used;

    public int Size => size;

    /// <summary>Takes back all matrices.</summary>
    public void Restart() => _used = 0;

    /// <summary>A matrix that nothing else uses until the next <see cref="Restart"/>; its content is what it was last used for.</summary>
    public PackedMatrix Next()
    {
        if (_used == _matrices.Count)
        {
            _matrices.Add(new PackedMatrix(size));
        }

        return _matrices[_used++];
    }
}
