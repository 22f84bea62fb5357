using System.Buffers;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace GnMlNet.Cluster.Messages;

/// <summary>Writes a block as its length and its bytes, without a look at them.</summary>
[RegisterSerializer]
internal sealed class BlockCodec : IFieldCodec<Block>
{
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, Block? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType!, value!)) return;
        writer.WriteFieldHeader(fieldIdDelta, expectedType!, typeof(Block), WireType.LengthPrefixed);
        // Null was written as a reference.
        ReadOnlySpan<byte> bytes = value!.Bytes;
        writer.WriteVarUInt32((uint)bytes.Length);
        writer.Write(bytes);
    }

    public Block ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference) return ReferenceCodec.ReadReference<Block, TInput>(ref reader, field)!;
        field.EnsureWireType(WireType.LengthPrefixed);
        uint length = reader.ReadVarUInt32();
        // A length that nobody writes must not cost memory.
        Block.Check(length);
        byte[] bytes = ArrayPool<byte>.Shared.Rent((int)length);
        reader.ReadBytes(bytes.AsSpan(0, (int)length));
        var block = new Block(bytes, (int)length);
        ReferenceCodec.RecordObject(reader.Session, block);
        return block;
    }
}
