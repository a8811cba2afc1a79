using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Stations;

/// <summary>What a station learns about a photo that it uploaded. It names nobody: a station must not learn who is registered.</summary>
/// <param name="Id">The photo's.</param>
/// <param name="Group">Whose photo it is.</param>
/// <param name="State">unprocessed, processing, processed, degraded, failed or erased.</param>
/// <param name="Ended">True once nothing more happens to it.</param>
/// <param name="Received">When it came in.</param>
/// <param name="Faces">How many faces were found.</param>
/// <param name="Recognised">How many of them are registered persons.</param>
/// <param name="Error">A sentence when it failed.</param>
/// <param name="Steps">What became of it in each box that it passed.</param>
internal sealed record PhotoAnswer(
    string Id, string Group, string State, bool Ended, DateTimeOffset Received, int Faces, int Recognised, string? Error,
    IReadOnlyList<PhotoStepAnswer> Steps)
{
    public static PhotoAnswer Of(PhotoStatus status) => new(
        status.Photo.Value, status.Group.Value, Text(status.State), status.Ended, status.Received, status.Faces, status.Recognised, status.Error,
        [.. status.Steps.Select(step => new PhotoStepAnswer(step.Step, step.Done ? "done" : "failed", step.EndedAt, step.Error))]);

    private static string Text(PhotoState state) => state.ToString().ToLowerInvariant();
}

/// <param name="Step">The box.</param>
/// <param name="Outcome">done or failed.</param>
/// <param name="EndedAt">When it was through with the photo.</param>
/// <param name="Error">A sentence when it failed.</param>
internal sealed record PhotoStepAnswer(string Step, string Outcome, DateTimeOffset EndedAt, string? Error);
