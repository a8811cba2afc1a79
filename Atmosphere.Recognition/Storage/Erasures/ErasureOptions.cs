using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Storage;

/// <summary>Section <c>Atmosphere:Erasures</c>.</summary>
public sealed class ErasureOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Erasures";

    /// <summary>
    /// File that remembers by random ids who was erased, so that an older backup can be cleaned after it was restored; default erasures.log
    /// beside the database. It must not be restored with that backup: name a place that is backed up by itself.
    /// </summary>
    public string? Log { get; set; }

    /// <summary>How long the last word to somebody who is forgotten can be read, and their number is kept for it.</summary>
    [TimeRange("00:00:00", "1.00:00:00")]
    public TimeSpan LastWord { get; set; } = TimeSpan.FromMinutes(1);

    public IEnumerable<string> Problems()
    {
        if (Log is not null && (string.IsNullOrWhiteSpace(Log) || Directory.Exists(Log)))
            yield return $"{Section}:Log is '{Log}'; name a file, or leave the setting out (the default is erasures.log in the data folder).";
    }
}
