using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table photo_steps: the outcome of each step for a photo.</summary>
internal static class PhotoSteps
{
    /// <summary>Records the outcome of a step; a later outcome replaces an earlier one.</summary>
    /// <param name="error">A sentence without personal data if the step gave up; otherwise null.</param>
    public static Task EndedAsync(Session session, PhotoId photo, string step, string? error, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO photo_steps (photo_id, step, outcome, error, ended_at) VALUES (@photo, @step, @outcome, @error, @at)
            ON CONFLICT (photo_id, step) DO UPDATE SET outcome = excluded.outcome, error = excluded.error, ended_at = excluded.ended_at
            WHERE photo_steps.outcome <> excluded.outcome
            """,
            new { photo, step, outcome = error is null ? "done" : "failed", error, at = now.ToUnixTimeMilliseconds() });

    /// <summary>Clears the failure of a step that gave up a face, unless a face is still refused.</summary>
    public static Task ReopenAsync(Session session, PhotoId photo, string step) =>
        session.ExecuteAsync(
            """
            DELETE FROM photo_steps WHERE photo_id = @photo AND step = @step AND outcome = 'failed'
                AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.photo_id = @photo AND f.verdict = 'refused')
            """,
            new { photo, step });
}
