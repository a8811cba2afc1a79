namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Somebody whose rows name files. A file that no owner names is an orphan, and the sweep deletes it.</summary>
public interface IMediaOwner
{
    /// <summary>Every key that the owner's rows name.</summary>
    Task<IReadOnlyList<MediaKey>> KeysAsync(Session session);
}
