using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The status of a photo.</summary>
/// <param name="Photo">Its id.</param>
/// <param name="Group">The group of the photo.</param>
/// <param name="Received">When it was received.</param>
/// <param name="State">Its state.</param>
/// <param name="Error">If it failed: a sentence for the sender.</param>
/// <param name="Faces">Number of detected faces.</param>
/// <param name="Recognised">Number of named faces.</param>
/// <param name="Uncertain">Number of faces with an uncertain candidate, which a human would have to decide.</param>
/// <param name="Recipients">Number of recipients.</param>
/// <param name="Sent">Number of recipients who have it.</param>
/// <param name="Ended">True once nothing more happens to it: failed, deleted without faces, or decided with all deliveries ended.</param>
/// <param name="Steps">The outcomes of the steps that it passed, in order.</param>
public sealed record PhotoStatus(
    PhotoId Photo, GroupId Group, DateTimeOffset Received, PhotoState State, string? Error, int Faces, int Recognised, int Uncertain,
    int Recipients, int Sent, bool Ended, IReadOnlyList<PhotoStep> Steps);

/// <param name="Step">Name of the step.</param>
/// <param name="Done">False: the step gave up.</param>
/// <param name="Error">Why the step gave up.</param>
/// <param name="EndedAt">When the step finished.</param>
public sealed record PhotoStep(string Step, bool Done, string? Error, DateTimeOffset EndedAt);
