using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of photo_steps: what became of a photo in each box that it passed.</summary>
internal static class PhotoSteps
{
    /// <summary>The box is through with the photo. A later word replaces an earlier one.</summary>
    /// <param name="error">A sentence without personal data when the box gave up; null when all is well.</param>
    public static Task EndedAsync(Session session, PhotoId photo, string step, string? error, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO photo_steps (photo_id, step, outcome, error, ended_at) VALUES (@photo, @step, @outcome, @error, @at)
            ON CONFLICT (photo_id, step) DO UPDATE SET outcome = excluded.outcome, error = excluded.error, ended_at = excluded.ended_at
            WHERE photo_steps.outcome <> excluded.outcome
            """,
            new { photo, step, outcome = error is null ? "done" : "failed", error, at = now.ToUnixTimeMilliseconds() });
}
