namespace PyRelationAL.Reproduction.Python;

/// <summary>
/// The order in which CPython 3.7 to 3.11 lists a <c>set</c> of non-negative integers. PyRelationAL makes its pool anew in every round as
/// <c>list(set(pool) - set(queried))</c>, so that this order decides among equal scores. It ascends as long as the table is larger than every member.
/// </summary>
/// <remarks>
/// A table of 2ᵏ places, at first 8; an integer is its own hash and belongs at its last k bits. Where that is taken, the nine places after it are tried, then
/// a place that depends on the higher bits too.
/// </remarks>
internal sealed class PythonSet
{
    private const int Free = -1, SmallestTable = 8, PlacesAfter = 9, Shift = 5, LargeSet = 50000;

    private int[] _table;
    private int _count;

    private PythonSet(int tableSize)
    {
        _table = Table(tableSize);
    }

    private int Mask => _table.Length - 1;

    /// <summary><c>list(set.union(set(values), set()))</c>, which the training items are.</summary>
    public static int[] Union(IReadOnlyList<int> values) => Of(values).Copy().List();

    /// <summary><c>list(set(values) - set(removed))</c>.</summary>
    /// <param name="values">Distinct integers from 0 on.</param>
    /// <param name="removed">Distinct integers.</param>
    public static int[] Difference(IReadOnlyList<int> values, IReadOnlySet<int> removed)
    {
        PythonSet set = Of(values);

        // CPython takes few members out of a copy, and gathers what is left of many.
        return set._count >> 2 > removed.Count ? Kept(set.Copy()) : Of(Kept(set)).List();

        int[] Kept(PythonSet from) => [.. from.List().Where(member => !removed.Contains(member))];
    }

    private static int[] Table(int size)
    {
        var table = new int[size];
        Array.Fill(table, Free);
        return table;
    }

    private static PythonSet Of(IReadOnlyList<int> values)
    {
        var set = new PythonSet(SmallestTable);
        foreach (int value in values)
        {
            set.Insert(value);
            set._count++;
            if (set._count * 5 >= set.Mask * 3)
            {
                set.Resize(set._count > LargeSet ? set._count * 2 : set._count * 4);
            }
        }

        return set;
    }

    private PythonSet Copy()
    {
        var copy = new PythonSet(SmallestTable);
        if (_count * 5 >= copy.Mask * 3)
        {
            copy.Resize(_count * 2);
        }

        // A table of the same size is copied place by place.
        if (copy.Mask == Mask)
        {
            _table.CopyTo(copy._table, 0);
        }
        else
        {
            Array.ForEach(List(), copy.Insert);
        }

        copy._count = _count;
        return copy;
    }

    private int[] List() => Array.FindAll(_table, member => member != Free);

    private void Resize(int least)
    {
        int[] members = List();
        int size = SmallestTable;
        while (size <= least)
        {
            size *= 2;
        }

        _table = Table(size);
        Array.ForEach(members, Insert);
    }

    private void Insert(int value)
    {
        int mask = Mask, place = value & mask, perturbation = value;
        while (true)
        {
            int last = place + PlacesAfter <= mask ? place + PlacesAfter : place;
            for (int i = place; i <= last; i++)
            {
                if (_table[i] == Free)
                {
                    _table[i] = value;
                    return;
                }
            }

            perturbation >>= Shift;
            place = ((place * 5) + 1 + perturbation) & mask;
        }
    }
}
