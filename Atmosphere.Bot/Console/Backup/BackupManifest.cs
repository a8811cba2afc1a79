using System.Text.Json;

namespace Atmosphere.Bot.Console.Backup;

/// <summary>What a backup holds; written when everything else is on the disk.</summary>
/// <param name="At">The state of which moment it is.</param>
/// <param name="Database">SHA-256 of the database, hexadecimal.</param>
/// <param name="Files">Number of pictures.</param>
/// <param name="Bytes">Of all pictures.</param>
internal sealed record BackupManifest(DateTimeOffset At, string Database, int Files, long Bytes)
{
    public const string FileName = "backup.json";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerOptions.Web) { WriteIndented = true };

    /// <returns>Null if the backup was never finished, or is none.</returns>
    public static BackupManifest? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(Path.Combine(folder, FileName)), _json);
        }
        catch (Exception missing) when (missing is IOException or JsonException)
        {
            return null;
        }
    }

    public Task WriteAsync(string folder, CancellationToken cancellation) =>
        DurableFiles.WriteAsync(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, _json), cancellation);
}
