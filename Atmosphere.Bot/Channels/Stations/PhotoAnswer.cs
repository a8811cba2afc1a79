using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Stations;

/// <summary>The status of an uploaded photo for its station. Contains no names: a station must not learn who is registered.</summary>
/// <param name="Id">Id of the photo.</param>
/// <param name="Group">The group of the photo.</param>
/// <param name="State">unprocessed, processing, processed, degraded, failed or erased.</param>
/// <param name="Ended">True once nothing more happens to it.</param>
/// <param name="Received">When it was received.</param>
/// <param name="Faces">Number of detected faces.</param>
/// <param name="Recognised">Number of faces of registered persons.</param>
/// <param name="Error">If it failed: a sentence that says why.</param>
/// <param name="Steps">The outcomes of its processing steps.</param>
internal sealed record PhotoAnswer(
    string Id, string Group, string State, bool Ended, DateTimeOffset Received, int Faces, int Recognised, string? Error,
    IReadOnlyList<PhotoStepAnswer> Steps)
{
    public static PhotoAnswer Of(PhotoStatus status) => new(
        status.Photo.Value, status.Group.Value, Text(status.State), status.Ended, status.Received, status.Faces, status.Recognised, status.Error,
        [.. status.Steps.Select(step => new PhotoStepAnswer(step.Step, step.Done ? "done" : "failed", step.EndedAt, step.Error))]);

    private static string Text(PhotoState state) => state.ToString().ToLowerInvariant();
}

/// <param name="Step">Name of the step.</param>
/// <param name="Outcome">done or failed.</param>
/// <param name="EndedAt">When the step finished.</param>
/// <param name="Error">If it failed: a sentence that says why.</param>
internal sealed record PhotoStepAnswer(string Step, string Outcome, DateTimeOffset EndedAt, string? Error);
