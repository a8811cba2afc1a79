using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Doctor;

/// <summary>Groups in which nobody is there to say whether a face or a registration is right.</summary>
internal static class WhoDecides
{
    /// <param name="folder">The data folder, full path.</param>
    /// <param name="colleagues">Whether a channel to colleagues is set up.</param>
    public static async Task<string> SeeAsync(string folder, bool colleagues, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, "atmosphere.db")))
            return "no groups yet";
        using var database = new Database(folder, beside: true);
        if (!await BotSchema.Whole.IsAppliedAsync(database, cancellation))
            return "no groups of this version yet";
        var alone = await database.ReadAsync(session => Memberships.WithoutTeacherAsync(session, colleagues), cancellation);
        return alone.Count == 0
            ? colleagues ? "every group has a teacher, or colleagues decide" : "every group has a teacher"
            : $"no teacher in {string.Join(", ", alone)}: there you decide, by 'atmosphere requests' and 'atmosphere persons'";
    }
}
