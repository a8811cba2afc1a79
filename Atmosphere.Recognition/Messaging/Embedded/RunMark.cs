using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Messaging.Embedded;

/// <summary>
/// A file in the data folder that exists while the workers run and remains after a crash. Deleting it needs no disk space, so a clean stop
/// can be recorded even on a full disk.
/// </summary>
internal sealed class RunMark(Database database, ILogger log)
{
    private readonly string _path = Path.Combine(database.Folder, "atmosphere.running");

    /// <summary>True if the previous run crashed.</summary>
    public bool IsLeft => File.Exists(_path);

    public void Set()
    {
        try
        {
            File.WriteAllBytes(_path, []);
        }
        catch (IOException error)
        {
            log.LogWarning(error, "{File} could not be made: should the program die now, it will not be known which message it worked on", _path);
        }
    }

    public void Remove() => File.Delete(_path);
}
