using System.Numerics;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>The dropout streams of networks that are trained in lanes, advanced together: each draws what its <see cref="RandomStream"/> would.</summary>
internal sealed class LaneMasks
{
    // The four words of each stream's state.
    private readonly ulong[][] _words = [.. Enumerable.Range(0, 4).Select(_ => new ulong[Lanes.Group])];

    public LaneMasks(IReadOnlyList<RandomStream> streams)
    {
        for (int m = 0; m < streams.Count; m++)
        {
            (_words[0][m], _words[1][m], _words[2][m], _words[3][m]) = streams[m].State;
        }
    }

    /// <summary>Draws the masks of a batch, row by row, as <see cref="DropoutLayer.Draw"/> does.</summary>
    public void Draw(DropoutLayer layer, int rows, Span<float> masks)
    {
        int width = layer.OutputWidth, half = Vector<ulong>.Count;
        Vector<int> threshold = new(layer.Threshold);
        Vector<float> scale = new(layer.Scale);
        Vector<ulong> lowest = new(ushort.MaxValue);
        for (int lane = 0; lane < Lanes.Group; lane += Vector<float>.Count)
        {
            State low = new(_words, lane), high = new(_words, lane + half);
            for (int at = 0; at < rows * width;)
            {
                Vector<ulong> lowBits = low.Next(), highBits = high.Next();
                // A draw decides on four units of one row.
                for (int end = at + Math.Min(4, width - (at % width)); at < end; at++)
                {
                    Vector<int> level = Vector.AsVectorInt32(Vector.Narrow(lowBits & lowest, highBits & lowest));
                    Vector<int> kept = Vector.GreaterThanOrEqual(level, threshold) & Vector.AsVectorInt32(scale);
                    Vector.AsVectorSingle(kept).CopyTo(masks[((at * Lanes.Group) + lane)..]);
                    lowBits = Vector.ShiftRightLogical(lowBits, 16);
                    highBits = Vector.ShiftRightLogical(highBits, 16);
                }
            }

            low.CopyTo(_words, lane);
            high.CopyTo(_words, lane + half);
        }
    }

    /// <summary>xoshiro256** in each lane.</summary>
    private ref struct State(ulong[][] words, int lane)
    {
        private Vector<ulong> _s0 = new(words[0], lane);
        private Vector<ulong> _s1 = new(words[1], lane);
        private Vector<ulong> _s2 = new(words[2], lane);
        private Vector<ulong> _s3 = new(words[3], lane);

        public Vector<ulong> Next()
        {
            Vector<ulong> five = Vector.ShiftLeft(_s1, 2) + _s1, turned = Rotate(five, 7), t = Vector.ShiftLeft(_s1, 17);
            _s2 ^= _s0;
            _s3 ^= _s1;
            _s1 ^= _s2;
            _s0 ^= _s3;
            _s2 ^= t;
            _s3 = Rotate(_s3, 45);
            return Vector.ShiftLeft(turned, 3) + turned;
        }

        public readonly void CopyTo(ulong[][] destination, int at)
        {
            _s0.CopyTo(destination[0], at);
            _s1.CopyTo(destination[1], at);
            _s2.CopyTo(destination[2], at);
            _s3.CopyTo(destination[3], at);
        }

        private static Vector<ulong> Rotate(Vector<ulong> x, int by) => Vector.ShiftLeft(x, by) | Vector.ShiftRightLogical(x, 64 - by);
    }
}
