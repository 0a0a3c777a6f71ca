namespace PyRelationAL.Experiments.Reports;

internal enum SeriesMarker
{
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
}
