namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of messages, for who looks what waits.</summary>
internal static class WaitingMessages
{
    /// <summary>How many messages name something by its id.</summary>
    public static Task<int> CountAboutAsync(Session session, string id) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM messages WHERE body LIKE @mention", new { mention = $"%\"{id}\"%" });
}
