using System.Buffers;
using System.Security.Cryptography;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Webhooks;

/// <summary>
/// Reads the bodies of signed webhooks. The caller checks the headers first; the body is hashed as it arrives. Bodies over 64 KB are
/// buffered on disk, only a few at a time, so that a flood takes no memory.
/// </summary>
/// <param name="dataFolder">The folder for buffered bodies.</param>
/// <param name="clock">Limits the waiting of other requests.</param>
internal sealed class SignedBodies(string dataFolder, TimeProvider clock) : IDisposable
{
    /// <summary>Longer bodies go to the disk, bytes.</summary>
    public const int KeptInMemory = 64 * 1024;

    /// <summary>Long bodies that are read or worked on at a time.</summary>
    public const int LongAtOnce = 8;

    private const int Part = 16 * 1024;

    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(20);

    // 34 MB at 2.5 Mbit/s. A slower sender would block the others.
    private static readonly TimeSpan _longestReading = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _places = new(LongAtOnce, LongAtOnce);

    /// <summary>The whole body, if its signature holds.</summary>
    /// <param name="limit">Its greatest length, bytes.</param>
    /// <param name="claim">What the headers say.</param>
    /// <exception cref="RefusedRequestException">The claim's own refusal; otherwise as <see cref="ReadAsync(HttpContext, int)"/>.</exception>
    public async Task<SignedBody> ReadAsync(HttpContext context, int limit, SignatureClaim claim)
    {
        var macs = claim.Keys.Select(claim.Begin).ToList();
        try
        {
            var body = await ReadAsync(context, limit, macs);
            // Every key is compared: the time tells nothing about them.
            if (macs.Select(mac => CryptographicOperations.FixedTimeEquals(mac.GetHashAndReset(), claim.Given)).ToList().Contains(true))
                return body;
            await body.DisposeAsync();
            throw claim.Refusal;
        }
        finally
        {
            macs.ForEach(mac => mac.Dispose());
        }
    }

    /// <summary>The whole body; the caller checks the signature.</summary>
    /// <exception cref="RefusedRequestException">413: longer than the limit; 400: it broke off; 408: it came too slowly; 503: too many long ones.</exception>
    /// <exception cref="StorageFullException">There is no room for it on the disk.</exception>
    public Task<SignedBody> ReadAsync(HttpContext context, int limit) => ReadAsync(context, limit, []);

    public void Dispose() => _places.Dispose();

    private async Task<SignedBody> ReadAsync(HttpContext context, int limit, IReadOnlyList<IncrementalHash> macs)
    {
        if (context.Request.ContentLength > limit)
            throw TooLong(limit);
        RequestBody.Limit(context, null);
        var body = new SignedBody();
        var buffer = ArrayPool<byte>.Shared.Rent(Part);
        try
        {
            using var late = new CancellationTokenSource(_longestReading, clock);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late.Token);
            // A request that declares a long body waits before any of it is read.
            if (context.Request.ContentLength > KeptInMemory)
                body.Place = await PlaceAsync(context);
            for (int read; (read = await ReadAsync(context, buffer, patience.Token)) > 0;)
            {
                if (body.Length + read > limit)
                    throw TooLong(limit);
                if (body.IsInMemory && body.Length + read > KeptInMemory)
                    body.Place = await PlaceAsync(context);
                foreach (var mac in macs)
                    mac.AppendData(buffer, 0, read);
                await StoreAsync(body, buffer.AsMemory(0, read));
            }

            return body;
        }
        catch
        {
            await body.DisposeAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> ReadAsync(HttpContext context, byte[] buffer, CancellationToken patience)
    {
        try
        {
            return await context.Request.Body.ReadAsync(buffer, patience);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new RefusedRequestException(408, $"The body took longer than {_longestReading.TotalMinutes} minutes. Send it again over a faster connection.");
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            throw new RefusedRequestException(400, "The request broke off before its end. Send it again.");
        }
    }

    private async Task<SemaphoreSlim> PlaceAsync(HttpContext context)
    {
        using var late = new CancellationTokenSource(_longestWait, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late.Token);
        try
        {
            await _places.WaitAsync(patience.Token);
            return _places;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            context.Response.Headers.RetryAfter = "60";
            throw new RefusedRequestException(503, $"{LongAtOnce} long requests are being read already. Send it again in a minute.");
        }
    }

    private async Task StoreAsync(SignedBody body, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if (!body.IsInMemory)
                await body.ToDiskAsync(dataFolder);
            await body.WriteAsync(bytes);
        }
        catch (IOException error)
        {
            throw new StorageFullException(dataFolder, error);
        }
    }

    private static RefusedRequestException TooLong(int limit) => new(413, $"The body is too long: at most {limit / 1024} KB are read.");
}
