using Atmosphere.Bot.Incoming;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>Downloads a file from another server up to a size limit.</summary>
internal static class CappedContent
{
    /// <param name="most">Maximum number of bytes.</param>
    /// <exception cref="FileUnavailableException">The file is larger.</exception>
    /// <exception cref="HttpRequestException">The download was interrupted.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, int most, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > most)
            throw TooLarge(most);
        using var memory = new MemoryStream();
        var buffer = new byte[81920];
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellation);
            for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
            {
                if (memory.Length + read > most)
                    throw TooLarge(most);
                memory.Write(buffer, 0, read);
            }
        }
        catch (IOException error)
        {
            throw new HttpRequestException("The file broke off.", error);
        }

        return memory.ToArray();
    }

    private static FileUnavailableException TooLarge(int most) => new(FileFailure.TooLarge, $"The file is larger than {most / 1048576} MB.");
}
