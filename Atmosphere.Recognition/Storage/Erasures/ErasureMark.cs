namespace Atmosphere.Recognition.Storage;

/// <summary>
/// The table erasure_mark: tells whether somebody was erased since a text was composed. Names are read in one transaction and the text is stored
/// in another one; an erasure between them has searched the chats already.
/// </summary>
public static class ErasureMark
{
    /// <summary>The mark; read it in the session in which the first name is read, or before.</summary>
    public static Task<long> ReadAsync(Session session) => session.QuerySingleOrDefaultAsync<long>("SELECT number FROM erasure_mark");

    /// <summary>Whether nobody was erased since the mark was read. Ask in the transaction that stores the text.</summary>
    public static async Task<bool> StandsAsync(Session session, long mark) => await ReadAsync(session) == mark;

    /// <summary>Moves the mark, in the transaction that deletes a name.</summary>
    internal static Task MoveAsync(Session session) => session.ExecuteAsync("UPDATE erasure_mark SET number = number + 1");
}
