using System.Net;
using System.Net.Http.Headers;
using Atmosphere.Recognition.Faces.Catalogue;

namespace Atmosphere.Bot.Console.Models;

/// <summary>Fetches the files of a model. What was fetched before a connection broke is kept and continued.</summary>
/// <param name="http">Its time-out does not count: a connection that stays silent for <paramref name="silence"/> is given up.</param>
/// <param name="from">Where the files are, instead of at the vendor; null: at the vendor.</param>
/// <param name="silence">How long a connection may say nothing.</param>
internal sealed class ModelDownload(HttpClient http, Uri? from, TimeSpan silence)
{
    private const int Attempts = 4;
    private const int Buffer = 64 * 1024;

    /// <summary>Fetches what is missing, and checks it.</summary>
    /// <param name="progress">Kilobytes so far, of all files.</param>
    /// <exception cref="VerbException">It cannot be fetched, or is not the file that was measured.</exception>
    public async Task FetchAsync(ModelFolder folder, KnownModel model, IProgress<int> progress, CancellationToken cancellation)
    {
        var before = 0L;
        foreach (var file in model.Files)
        {
            var path = folder.PathOf(model, file);
            if (!File.Exists(path) || ModelFolder.HashOf(path) != file.Sha256)
                await FetchAsync(file, path, new Progress(progress, before), cancellation);
            before += file.Size;
            progress.Report((int)(before / 1024));
        }
    }

    private async Task FetchAsync(ModelFile file, string path, Progress progress, CancellationToken cancellation)
    {
        var (part, address) = ($"{path}.part", AddressOf(file));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var attempt = 1; ; attempt++)
        {
            var before = LengthOf(part);
            try
            {
                await ContinueAsync(file, address, part, progress, cancellation);
                break;
            }
            catch (Exception broken) when (broken is HttpRequestException { StatusCode: null } or IOException or TimeoutException)
            {
                // A try that brought something is no failure.
                attempt = LengthOf(part) > before ? 0 : attempt;
                if (attempt >= Attempts)
                    throw new VerbException($"{address} cannot be fetched: {broken.Message} Run the command again to continue at {LengthOf(part):N0} bytes.", broken);
            }
        }

        if (ModelFolder.HashOf(part) is var hash && hash != file.Sha256)
        {
            File.Delete(part);
            throw new VerbException($"{address} is not the file that was measured: its SHA-256 is {hash}, not {file.Sha256}. It is deleted; do not use it.");
        }

        File.Move(part, path, overwrite: true);
    }

    private async Task ContinueAsync(ModelFile file, Uri address, string part, Progress progress, CancellationToken cancellation)
    {
        var have = LengthOf(part);
        if (have == file.Size)
            return;
        if (have > file.Size)
        {
            File.Delete(part);
            have = 0;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (have > 0)
            request.Headers.Range = new RangeHeaderValue(have, null);
        using var answer = await InTimeAsync(stop => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop), address, cancellation);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            File.Delete(part);
            throw new IOException("The server did not continue.");
        }

        if (!answer.IsSuccessStatusCode)
            throw new VerbException($"{address} answered {(int)answer.StatusCode} {answer.ReasonPhrase}. Try again later, or name another server that has the files: --from URL.");

        var continues = answer.StatusCode == HttpStatusCode.PartialContent && answer.Content.Headers.ContentRange?.From == have;
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        await using var target = new FileStream(part, continues ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        await CopyAsync(file, address, stream, target, progress, cancellation);
    }

    private async Task CopyAsync(ModelFile file, Uri address, Stream stream, FileStream target, Progress progress, CancellationToken cancellation)
    {
        var buffer = new byte[Buffer];
        while (await InTimeAsync(stop => stream.ReadAsync(buffer, stop).AsTask(), address, cancellation) is var count and > 0)
        {
            if (target.Length + count > file.Size)
                throw new VerbException($"{address} sends more than the {file.Size:N0} bytes of the file that was measured. Name another server: --from URL.");
            await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
            await target.FlushAsync(cancellation);
            progress.Report(target.Length);
        }

        if (target.Length < file.Size)
            throw new IOException("The connection ended early.");
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> work, Uri address, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(silence);
        try
        {
            return await work(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{address.Host} said nothing for {silence.TotalSeconds:0} seconds.");
        }
    }

    private Uri AddressOf(ModelFile file) => from is null ? file.Address! : new Uri($"{from.AbsoluteUri.TrimEnd('/')}/{file.Name}");

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private sealed class Progress(IProgress<int> all, long before)
    {
        public void Report(long bytes) => all.Report((int)((before + bytes) / 1024));
    }
}
