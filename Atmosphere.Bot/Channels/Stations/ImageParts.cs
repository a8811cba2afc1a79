using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Imaging;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Atmosphere.Bot.Channels.Stations;

/// <summary>Reads the images of a multipart request one at a time as they arrive, with at most one image in memory.</summary>
internal sealed class ImageParts : IDisposable
{
    private const int LongestBoundary = 128;
    private const int BufferBytes = 64 * 1024;
    private const int MostNameLetters = 120;

    private readonly MultipartReader _reader;
    private readonly HttpContext _context;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly MemoryStream _image = new();
    private readonly long _maxBytes;
    private int _count;

    private ImageParts(HttpContext context, string boundary, long maxBytes)
    {
        _context = context;
        _maxBytes = maxBytes;
        _reader = new MultipartReader(boundary, context.Request.Body, BufferBytes);
    }

    /// <param name="context">The request; its body has not been read yet.</param>
    /// <param name="maxRequestBytes">Limit of the whole request.</param>
    /// <param name="maxImageBytes">Limit of one image; a larger one is counted but not kept.</param>
    /// <exception cref="RefusedRequestException">415: not multipart/form-data; 413: the declared length is too large.</exception>
    public static ImageParts Of(HttpContext context, long maxRequestBytes, long maxImageBytes)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            throw new RefusedRequestException(415, "Send the images as multipart/form-data, each as a file, such as: curl -F image=@photo.jpg");
        }

        if (context.Request.ContentLength > maxRequestBytes)
            throw TooLong(maxRequestBytes);

        RequestBody.Limit(context, maxRequestBytes);
        return new ImageParts(context, boundary.ToString(), maxImageBytes);
    }

    /// <returns>The next image, whose bytes are valid until the following call; null: there is none.</returns>
    /// <exception cref="RefusedRequestException">400, 408 or 413: the body is incomplete, malformed or too long.</exception>
    public async Task<ImagePart?> NextAsync(CancellationToken cancellation)
    {
        try
        {
            while (await _reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } disposition)
                    continue;
                var part = await ReadAsync(section.Body, NameOf(disposition) is { Length: > 0 } name ? name : $"Image {_count + 1}", cancellation);
                if (!PartKind.IsFile(disposition, section.ContentType, part.Bytes.Span))
                    continue;
                _count++;
                return part;
            }

            return null;
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLong(null);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            throw new RefusedRequestException(408, $"The request came too slowly. {Again}");
        }
        catch (Exception error) when (error is ConnectionResetException or OperationCanceledException)
        {
            // The server may not have noticed yet that the connection is lost. It would try to read the rest of the body after the
            // response, fail, and log that as an error of this program.
            _context.Abort();
            throw Damaged();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or BadHttpRequestException)
        {
            throw Damaged();
        }
    }

    public void Dispose() => _image.Dispose();

    private string Again => _context.Request.Headers.ContainsKey(IdempotencyKey.Header)
        ? $"Send it again with the same {IdempotencyKey.Header}: nothing is stored twice."
        : $"Send it again; with an {IdempotencyKey.Header} nothing would be stored twice.";

    private RefusedRequestException Damaged() => new(400, $"The request is damaged, or broke off before its end. {Again}");

    private static RefusedRequestException TooLong(long? limit) => new(
        413, $"The request is too long{(limit is { } bytes ? $": at most {bytes / 1048576} MB can be sent at once" : "")}. Send fewer images at once.");

    /// <summary>The station's file name without folders; empty if there is none.</summary>
    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        var file = HeaderUtilities.RemoveQuotes(name).ToString().Split('/', '\\')[^1];
        return string.Concat(file.Where(letter => !char.IsControl(letter)).Take(MostNameLetters)).Trim();
    }

    private async Task<ImagePart> ReadAsync(Stream body, string name, CancellationToken cancellation)
    {
        _image.SetLength(0);
        long length = 0;
        for (int read; (read = await body.ReadAsync(_buffer, cancellation)) > 0;)
        {
            length += read;
            if (length <= _maxBytes)
                _image.Write(_buffer, 0, read);
        }

        return new ImagePart(name, length, _image.GetBuffer().AsMemory(0, (int)_image.Length));
    }
}

/// <param name="Name">The station's file name without folders.</param>
/// <param name="Length">Bytes of the whole file.</param>
/// <param name="Bytes">The file, unless it is longer than <see cref="PhotoDecoder.MaxBytes"/>.</param>
internal sealed record ImagePart(string Name, long Length, ReadOnlyMemory<byte> Bytes);
