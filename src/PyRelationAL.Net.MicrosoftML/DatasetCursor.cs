using Microsoft.ML;
using Microsoft.ML.Data;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>Walks the rows of a <see cref="DatasetDataView"/> in a given order.</summary>
internal sealed class DatasetCursor(DatasetDataView view, HashSet<int> active, int[] order, CancellationToken cancellationToken) : DataViewRowCursor
{
    private int _position = -1;

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema => view.Schema;

    public override bool MoveNext()
    {
        // The only place where a trainer can be stopped: ML.NET's own cancellation is not public.
        cancellationToken.ThrowIfCancellationRequested();
        _position = Math.Min(_position + 1, order.Length);
        return _position < order.Length;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Row(), 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Delegate getter = column.Index == 0 ? (ValueGetter<VBuffer<float>>)CopyFeatures : view.LabelGetter(Row);
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException(Guard.Text($"Column '{column.Name}' is {column.Type}; it was asked for as {typeof(TValue).Name}."));
    }

    private void CopyFeatures(ref VBuffer<float> value)
    {
        ReadOnlySpan<float> features = view.Features.Row(Row());
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, features.Length);
        features.CopyTo(editor.Values);
        value = editor.Commit();
    }

    private int Row() => (uint)_position < (uint)order.Length
        ? order[_position]
        : throw new InvalidOperationException("The cursor is not on a row: call MoveNext first.");
}
