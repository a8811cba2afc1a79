namespace Atmosphere.Recognition.Storage;

/// <summary>Queries about waiting messages.</summary>
internal static class WaitingMessages
{
    /// <summary>The number of messages that contain an id.</summary>
    public static Task<int> CountAboutAsync(Session session, string id) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM messages WHERE body LIKE @mention", new { mention = $"%\"{id}\"%" });
}
