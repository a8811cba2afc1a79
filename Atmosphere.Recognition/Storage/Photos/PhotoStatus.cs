using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>What became of a photo.</summary>
/// <param name="Photo">Its id.</param>
/// <param name="Group">Whose photo it is.</param>
/// <param name="Received">When it came in.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Error">A sentence for the sender when it failed.</param>
/// <param name="Faces">How many faces were found.</param>
/// <param name="Recognised">How many of them have a name.</param>
/// <param name="Uncertain">How many of them may be somebody; a human would have to say.</param>
/// <param name="Recipients">How many participants get it or got it.</param>
/// <param name="Sent">How many of these have it.</param>
/// <param name="Ended">True once nothing more happens to it: failed, deleted without faces, or decided and every delivery at its end.</param>
/// <param name="Steps">What became of it in each box that it passed, in that order.</param>
public sealed record PhotoStatus(
    PhotoId Photo, GroupId Group, DateTimeOffset Received, PhotoState State, string? Error, int Faces, int Recognised, int Uncertain,
    int Recipients, int Sent, bool Ended, IReadOnlyList<PhotoStep> Steps);

/// <param name="Step">The box.</param>
/// <param name="Done">False: it gave up.</param>
/// <param name="Error">A sentence when it gave up.</param>
/// <param name="EndedAt">When it was through with the photo.</param>
public sealed record PhotoStep(string Step, bool Done, string? Error, DateTimeOffset EndedAt);
