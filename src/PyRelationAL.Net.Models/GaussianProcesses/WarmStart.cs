using PyRelationAL.Models.Optimisation;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>Where a fit may start besides the kernel's own values: where the last one of the same run ended.</summary>
/// <param name="LogValues">The free hyperparameters there; null for none.</param>
/// <param name="Curvature">The curvature of the likelihood there.</param>
/// <param name="Mode">The classifier's K⁻¹ f, for the rows of then.</param>
/// <param name="FreshStartDue">Whether the kernel's own values are to be tried too.</param>
internal readonly record struct WarmStart(double[]? LogValues, CurvatureMemory? Curvature, double[]? Mode, bool FreshStartDue);
