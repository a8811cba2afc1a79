using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Messaging.Embedded;

/// <summary>
/// A file of the data folder that is there while the workers run, and is left there when the program dies. Removing it needs no space: a
/// run that stops in order can say so even on a full disk.
/// </summary>
internal sealed class RunMark(Database database, ILogger log)
{
    private readonly string _path = Path.Combine(database.Folder, "atmosphere.running");

    /// <summary>A run before this one died.</summary>
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
